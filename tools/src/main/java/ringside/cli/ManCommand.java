package ringside.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Manual pages, made from what the verbs say about themselves. */
@Command(
    name = "man",
    description = {
      "Print a manual page, or write them all into a folder.",
      "Read one:  ringside man boot | man -l -",
      "Install:   ringside man --out ~/.local/share/man/man1"
    },
    mixinStandardHelpOptions = true)
final class ManCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Like: boot, image info. Without one, the page of ringside itself.")
  private String[] names = {};

  @Option(names = "--out", paramLabel = "FOLDER", description = "Write every page there.")
  private Path out;

  @Override
  public void run() {
    Map<String, String> pages = ManPage.all(spec.root());
    if (out != null) {
      write(pages);
      return;
    }
    String wanted = names.length == 0 ? "ringside" : "ringside-" + String.join("-", names);
    String page = pages.get(wanted);
    if (page == null) {
      throw new UserError("there is no page " + wanted, Suggestion.hint(wanted, pages.keySet()));
    }
    spec.commandLine().getOut().print(page);
  }

  private void write(Map<String, String> pages) {
    try {
      Files.createDirectories(out);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(out.resolve(page.getKey() + ".1"), page.getValue());
      }
    } catch (IOException e) {
      throw new UserError("--out " + out + ": cannot be written: " + e.getMessage());
    }
  }
}
