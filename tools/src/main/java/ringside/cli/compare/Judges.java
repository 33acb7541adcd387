package ringside.cli.compare;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import ringside.cli.Engines;
import ringside.cli.UserError;
import ringside.cpu.jvm.JvmEngine;

/** The judges that there are, by name. */
public final class Judges {
  private static final String INTERPRETER = "interpreter";
  private static final String TRANSLATOR = "translator";
  private static final String TLB = "tlb";
  private static final String UNICORN = "unicorn";
  private static final String NATIVE = "native";

  /** In the order in which they are asked; all others are compared with the first. */
  public static final ImmutableList<String> NAMES =
      ImmutableList.of(INTERPRETER, TRANSLATOR, TLB, UNICORN, NATIVE);

  /** Executions after which code is translated: an order's second run is of translated code. */
  private static final int AT_ONCE = 1;

  private static final int ROUNDS = 2;
  private static final long ELSEWHERE = 0x0100_0000;

  private Judges() {}

  /** Whether this computer can have it. */
  public static boolean available(String name) {
    return switch (name) {
      case UNICORN -> Engines.available(UNICORN);
      case NATIVE -> NativeJudge.possible();
      default -> true;
    };
  }

  /** Which instructions a judge is not asked about, and why; a line each. */
  public static List<String> notAsked(String name) {
    return name.equals(UNICORN) ? UnicornMistakes.lines() : List.of();
  }

  /**
   * A comparison between judges of these names.
   *
   * @throws UserError when one is not there
   */
  public static Comparison comparison(List<String> names) {
    List<Judge> judges = new ArrayList<>();
    try {
      for (String name : names) {
        judges.add(create(name));
      }
    } catch (RuntimeException e) {
      judges.forEach(Judge::close);
      throw e;
    }
    return new Comparison(judges);
  }

  private static Judge create(String name) {
    return switch (name) {
      case INTERPRETER -> new EngineJudge(name, new JvmEngine(task -> {}), 1, 0, false);
      case TRANSLATOR ->
          new EngineJudge(name, new JvmEngine(Runnable::run, AT_ONCE), ROUNDS, 0, false);
      case TLB ->
          new EngineJudge(name, new JvmEngine(Runnable::run, AT_ONCE), ROUNDS, ELSEWHERE, false);
      case UNICORN -> new EngineJudge(name, Engines.create(UNICORN), 1, 0, true);
      case NATIVE -> new NativeJudge();
      default -> throw new UserError("there is no judge \"" + name + "\"");
    };
  }
}
