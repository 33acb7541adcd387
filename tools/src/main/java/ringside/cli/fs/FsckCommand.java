package ringside.cli.fs;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import ringside.cli.ExitCode;
import ringside.cli.FormatOption;
import ringside.cli.Json;
import ringside.cli.Ringside;
import ringside.volume.Volume;
import ringside.volume.VolumeCheck;

/** Checks a volume. */
@Command(
    name = "check",
    description = "Check that a volume's structures agree, as e2fsck -fn does; change nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A journal is replayed in memory first. Exit code: 0 nothing found, 1 something is wrong."
    })
public final class FsckCommand implements Callable<Integer> {
  private final Ringside ringside;

  @Mixin private VolumeOption volume;
  @Mixin private FormatOption format;

  private record CheckJson(boolean ok, List<String> problems) {}

  private List<String> problems = List.of();

  public FsckCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public Integer call() {
    volume.open(this::check);
    if (format.json()) {
      ringside.terminal().out().println(Json.text(new CheckJson(problems.isEmpty(), problems)));
    } else {
      problems.forEach(ringside.terminal().out()::println);
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.GUEST_FAILED;
  }

  private void check(Volume v) throws IOException {
    problems = VolumeCheck.problems(v);
  }
}
