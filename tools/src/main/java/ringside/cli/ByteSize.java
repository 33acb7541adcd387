package ringside.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write and read them: {@code 4096}, {@code 64K}, {@code 256M}, {@code 2G}. */
public final class ByteSize {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,16})\\s*([KMGT]?)i?B?");
  private static final String UNITS = "KMGT";
  private static final long MAX = 1L << 50;

  private ByteSize() {}

  /**
   * Bytes; units are powers of 1024.
   *
   * @throws IllegalArgumentException for what is no size, or more than a petabyte
   */
  public static long parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no size like 4096, 64K, 256M, 2G");
    }
    int shift = 10 * (UNITS.indexOf(matcher.group(2)) + 1);
    long number = Long.parseLong(matcher.group(1));
    if (matcher.group(2).isEmpty()) {
      shift = 0;
    }
    if (number > MAX >> shift) {
      throw new IllegalArgumentException("\"" + text + "\" is more than a disk can have");
    }
    return number << shift;
  }

  /** In the largest unit that gives a whole number. */
  public static String text(long bytes) {
    int unit = 0;
    while (unit < UNITS.length() && bytes != 0 && bytes % (1L << 10 * (unit + 1)) == 0) {
      unit++;
    }
    return (bytes >> 10 * unit) + (unit == 0 ? "" : UNITS.substring(unit - 1, unit));
  }
}
