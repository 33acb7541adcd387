package ringside.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of virtual time as people write and read them: {@code 250us}, {@code 1.5s}. */
public final class Duration {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ns|us|ms|s)");

  private Duration() {}

  /**
   * Nanoseconds.
   *
   * @throws IllegalArgumentException for what is no span
   */
  public static long parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no span of time like 500us, 20ms, 3s");
    }
    return Math.round(Double.parseDouble(matcher.group(1)) * unit(matcher.group(2)));
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1;
      case "us" -> 1_000;
      case "ms" -> 1_000_000;
      default -> 1_000_000_000;
    };
  }

  /** With three decimals in the largest unit that fits. */
  public static String text(long ns) {
    if (ns < 1_000) {
      return ns + " ns";
    }
    if (ns < 1_000_000) {
      return String.format(Locale.ROOT, "%.3f us", ns / 1e3);
    }
    if (ns < 1_000_000_000) {
      return String.format(Locale.ROOT, "%.3f ms", ns / 1e6);
    }
    return String.format(Locale.ROOT, "%.3f s", ns / 1e9);
  }
}
