package ringside.cli;

import picocli.CommandLine.Option;
import ringside.cpu.Engine;

/** {@code --pcpus}, the same for every verb that runs systems in it. */
public final class PcpusOption {
  private static final int MAX = 64;

  @Option(
      names = "--pcpus",
      paramLabel = "N",
      description =
          "Run vCPUs on so many threads of the host at once; default ${DEFAULT-VALUE}. With more"
              + " than one, time is the host's, and no two runs are the same.")
  private int pcpus = 1;

  /** As it was given; empty for one. */
  String text() {
    return pcpus == 1 ? "" : " --pcpus " + pcpus;
  }

  /** The number, which the engine can. */
  int of(Engine engine) {
    if (pcpus < 1 || pcpus > MAX) {
      throw new UserError("--pcpus " + pcpus + ": it is 1 to " + MAX);
    }
    if (pcpus > engine.maximumPcpus()) {
      throw new UserError(
          "--pcpus %d: the engine %s runs %d at once"
              .formatted(pcpus, engine.name(), engine.maximumPcpus()),
          "another engine may run more: --engine");
    }
    return pcpus;
  }
}
