package ringside.cli;

import com.google.common.collect.ImmutableList;
import ringside.cpu.Engine;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.lockstep.LockstepEngine;
import ringside.cpu.unicorn.UnicornEngine;
import ringside.cpu.unicorn.UnicornUnavailable;

/** The engines that there are, by the names that {@code --engine} takes. */
public final class Engines {
  private static final String UNICORN = "unicorn";
  private static final String JVM = "jvm";
  private static final String LOCKSTEP = "lockstep";

  public static final ImmutableList<String> NAMES = ImmutableList.of(JVM, UNICORN, LOCKSTEP);

  /**
   * The engine when none is asked for: the system property {@code ringside.engine} names another.
   */
  public static final String DEFAULT = System.getProperty("ringside.engine", JVM);

  /** Of an option that takes a name. */
  static final String HELP =
      "CPU engine: jvm, which needs nothing but Java; unicorn, on the native library of that name;"
          + " or lockstep, both at once, to find where they differ. Default: ${DEFAULT-VALUE}.";

  private Engines() {}

  /** An engine, or an error that says what to install. */
  public static Engine create(String name) {
    if (!NAMES.contains(name)) {
      throw new UserError("there is no engine \"" + name + "\"", Suggestion.hint(name, NAMES));
    }
    return switch (name) {
      case UNICORN -> unicorn();
      case JVM -> new JvmEngine(Background.translators(), System::nanoTime);
      case LOCKSTEP -> new LockstepEngine(unicorn());
      default -> throw new AssertionError(name);
    };
  }

  /** Whether this computer can have it. */
  public static boolean available(String name) {
    try {
      create(name).close();
      return true;
    } catch (UserError e) {
      return false;
    }
  }

  private static Engine unicorn() {
    try {
      return new UnicornEngine();
    } catch (UnicornUnavailable e) {
      throw new UserError(
          "engine unicorn: " + e.getMessage(), "--engine jvm needs no native library");
    }
  }

  static String versionOrReason(String name) {
    try (Engine engine = create(name)) {
      return engine.version();
    } catch (UserError e) {
      return e.getMessage();
    }
  }
}
