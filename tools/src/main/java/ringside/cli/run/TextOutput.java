package ringside.cli.run;

import com.google.common.collect.ImmutableList;
import java.io.PrintWriter;
import ringside.cli.Ringside;
import ringside.cli.Terminal;
import ringside.cli.system.DomainDescription;
import ringside.cli.system.SystemDescription;
import ringside.fault.RecoveryReport;

/**
 * Console lines as {@code name | text}, each domain in a colour of its own on a terminal; the
 * console that is a terminal as it is.
 */
public final class TextOutput implements RunOutput {
  private static final ImmutableList<String> COLOURS =
      ImmutableList.of("36", "33", "32", "35", "34", "96", "93", "92", "95", "94");

  private final Ringside ringside;
  private final PrintWriter to;
  private final boolean colour;
  private final int width;
  private boolean unfinished;

  /**
   * @param onErr true to keep the standard output for a result
   */
  public TextOutput(Ringside ringside, SystemDescription system, boolean onErr) {
    Terminal terminal = ringside.terminal();
    this.ringside = ringside;
    this.to = onErr ? terminal.err() : terminal.out();
    this.colour = onErr ? terminal.colourErr() : terminal.colourOut();
    this.width =
        system.domains().stream()
            .map(DomainDescription::name)
            .mapToInt(String::length)
            .max()
            .orElse(0);
  }

  @Override
  public void consoleLine(int domid, String domain, String line) {
    String sgr = COLOURS.get((domid - 1) % COLOURS.size());
    String prefix = domain + " ".repeat(Math.max(0, width - domain.length())) + " |";
    freshLine();
    to.println(Terminal.paint(colour, sgr, prefix) + (line.isEmpty() ? "" : " " + line));
    to.flush();
  }

  @Override
  public void terminalText(String text) {
    if (!text.isEmpty()) {
      to.print(text);
      to.flush();
      unfinished = !text.endsWith("\n");
    }
  }

  /** A terminal has shown it already. */
  @Override
  public void typed(String text) {
    if (ringside.terminal().echoes()) {
      unfinished = !text.endsWith("\n");
    } else {
      terminalText(text);
    }
  }

  private void freshLine() {
    if (unfinished) {
      to.println();
      to.flush();
      unfinished = false;
    }
  }

  @Override
  public void recovered(RecoveryReport report) {
    freshLine();
    RecoveryText.lines(report).forEach(ringside::progress);
  }

  @Override
  public void note(String domain, String what) {
    if (ringside.verbose()) {
      freshLine();
      ringside.progress("ringside: " + domain + ": " + what);
    }
  }
}
