package ringside.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where the command writes: results on {@code out}, progress and logs on {@code err}. Colour only
 * where a person looks, and never when NO_COLOR is set (no-color.org).
 *
 * @param in what is typed
 * @param echoes whether what is typed is seen without our doing
 */
public record Terminal(
    PrintWriter out,
    PrintWriter err,
    boolean colourOut,
    boolean colourErr,
    InputStream in,
    boolean echoes) {
  /** One on which nobody types. */
  public Terminal(PrintWriter out, PrintWriter err, boolean colourOut, boolean colourErr) {
    this(out, err, colourOut, colourErr, InputStream.nullInputStream(), false);
  }

  /**
   * The process's own streams. The launcher tells which of them are terminals, in the properties
   * {@code ringside.tty.in}, {@code ringside.tty.out} and {@code ringside.tty.err}.
   */
  static Terminal system() {
    String no = System.getenv("NO_COLOR");
    boolean colour = no == null || no.isEmpty();
    return new Terminal(
        writer(System.out),
        writer(System.err),
        colour && Boolean.getBoolean("ringside.tty.out"),
        colour && Boolean.getBoolean("ringside.tty.err"),
        System.in,
        Boolean.getBoolean("ringside.tty.in"));
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
  }

  /** In bold red on a terminal. */
  public String alarm(String text) {
    return paint(colourErr, "1;31", text);
  }

  /** Text in a colour (ECMA-48 SGR parameters), if {@code really}. */
  public static String paint(boolean really, String sgr, String text) {
    return really ? "\u001b[" + sgr + "m" + text + "\u001b[0m" : text;
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
