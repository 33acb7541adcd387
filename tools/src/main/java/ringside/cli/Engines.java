package ringside.cli;

import com.google.common.collect.ImmutableList;
import ringside.cpu.Engine;
import ringside.cpu.unicorn.UnicornEngine;
import ringside.cpu.unicorn.UnicornUnavailable;

/** The engines that there are, by the names that {@code --engine} takes. */
public final class Engines {
  public static final ImmutableList<String> NAMES = ImmutableList.of("unicorn");

  /** The engine when none is asked for. */
  public static final String DEFAULT = "unicorn";

  private Engines() {}

  /** An engine, or an error that says what to install. */
  public static Engine create(String name) {
    if (!NAMES.contains(name)) {
      throw new UserError("there is no engine \"" + name + "\"", Suggestion.hint(name, NAMES));
    }
    try {
      return new UnicornEngine();
    } catch (UnicornUnavailable e) {
      throw new UserError("engine unicorn: " + e.getMessage(), "");
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
