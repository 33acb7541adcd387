package ringside.cli.system;

/**
 * Where something was written: a place in a file, or an option of the command line.
 *
 * @param source file as the user named it, or the option
 * @param line from 1, or 0 when the source has no lines
 * @param column from 1
 */
public record Where(String source, int line, int column) {
  /** An option, or a file as a whole. */
  public static Where whole(String source) {
    return new Where(source, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
