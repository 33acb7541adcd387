package ringside.cli.inspect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ringside.cli.Duration;
import ringside.cli.FormatOption;
import ringside.cli.Json;
import ringside.cli.Ringside;
import ringside.cli.Suggestion;
import ringside.cli.UserError;
import ringside.cli.control.ChannelReport;
import ringside.cli.control.RunningSystem;
import ringside.ivmc.ChannelView;

/** The rings of IVMC channels. */
@Command(
    name = "ring",
    description = "Show the rings of IVMC channels: head, tail, threshold, cycles, slots.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A trace has what channels looked like when a server or client stopped, and at the end,",
      "if it was recorded with --trace 'snapshot.*' or '*'."
    })
public final class InspectRingCommand implements Runnable {
  private final Ringside ringside;

  @Parameters(
      paramLabel = "SYSTEM|FILE",
      description = "A running system's name or PID (see ringside ps), or a trace file.")
  private String what;

  @Option(
      names = "--entries",
      paramLabel = "RING",
      description = "Show every entry of this ring, like write_request.")
  private String ring;

  @Option(
      names = "--at",
      paramLabel = "SPAN",
      description = "In a trace: as it was at this virtual time, like 20ms; default the end.")
  private String at;

  @Mixin private FormatOption format;

  private record RingsJson(List<ChannelReport> channels) {}

  public InspectRingCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    if (ring != null && !ChannelView.RING_NAMES.contains(ring)) {
      throw new UserError(
          "there is no ring \"" + ring + "\"", Suggestion.hint(ring, ChannelView.RING_NAMES));
    }
    List<ChannelReport> channels = channels();
    if (format.json()) {
      ringside.terminal().out().println(Json.text(new RingsJson(channels)));
      return;
    }
    if (channels.isEmpty()) {
      ringside.progress(what + " has no channel");
    }
    channels.forEach(c -> ringside.terminal().out().println(ChannelText.of(c, ring)));
  }

  private List<ChannelReport> channels() {
    Path file = Path.of(what);
    if (Files.isRegularFile(file)) {
      return TracedChannels.read(file, at == null ? Long.MAX_VALUE : span());
    }
    if (at != null) {
      throw new UserError("--at is for trace files; " + what + " is none");
    }
    return RunningSystem.named(what).channels();
  }

  private long span() {
    try {
      return Duration.parse(at);
    } catch (IllegalArgumentException e) {
      throw new UserError("--at: " + e.getMessage());
    }
  }
}
