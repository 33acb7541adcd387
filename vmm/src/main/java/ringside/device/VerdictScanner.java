package ringside.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.domain.Verdict;

/**
 * Looks for {@code Test result: SUCCESS} and its like in console output, which may come in pieces.
 *
 * <p>Invariant: at most {@link #LONGEST} characters are kept; a longer line is no verdict.
 */
final class VerdictScanner {
  private static final int LONGEST = 256;
  private static final Pattern LINE =
      Pattern.compile("\\s*Test result: (SUCCESS|SKIP|ERROR|FAILURE)\\s*");

  private final StringBuilder line = new StringBuilder();
  private Verdict last = Verdict.NONE;

  void output(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\n') {
        last = verdict();
        line.setLength(0);
      } else if (line.length() <= LONGEST) {
        line.append((char) (b & 0xff));
      }
    }
  }

  /** Of the last line that is a verdict, the unfinished line included. */
  Verdict verdict() {
    if (line.length() > LONGEST) {
      return last;
    }
    Matcher matcher = LINE.matcher(line);
    return matcher.matches() ? Verdict.valueOf(matcher.group(1)) : last;
  }
}
