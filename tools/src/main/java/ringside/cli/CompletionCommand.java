package ringside.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The completion script for bash and zsh. */
@Command(
    name = "completion",
    description = {
      "Print the completion script for bash and zsh.",
      "In bash: source <(tools/ringside completion)"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println(AutoComplete.bash("ringside", spec.root().commandLine()));
  }
}
