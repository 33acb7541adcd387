package ringside.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import ringside.abi.Abi;
import ringside.abi.AbiHypercall;
import ringside.abi.HypercallDoc;
import ringside.abi.HypercallPage;
import ringside.abi.HypercallText;

/** The page of a hypercall, or the list of all. */
@Command(
    name = "hypercall",
    description = "The page of a hypercall or of one of its operations; without a name, the list.",
    mixinStandardHelpOptions = true)
final class DocHypercallCommand implements Runnable {
  private final Ringside ringside;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Like event_channel_op, 32 or EVTCHNOP_send.")
  private String name;

  @Mixin private FormatOption format;

  private record EntryJson(int number, String name, String summary) {}

  private record HypercallsJson(List<EntryJson> hypercalls) {}

  DocHypercallCommand(Ringside ringside) {
    this.ringside = ringside;
  }

  @Override
  public void run() {
    if (name == null) {
      list();
      return;
    }
    HypercallDoc doc = new HypercallDoc(Abi.xen());
    HypercallPage page =
        doc.find(name)
            .orElseThrow(
                () ->
                    new UserError(
                        "there is no hypercall or operation \"" + name + "\"",
                        "did you mean " + String.join(", ", doc.suggestions(name)) + "?"));
    ringside
        .terminal()
        .out()
        .println(format.json() ? Json.text(page) : HypercallText.render(page).stripTrailing());
  }

  private void list() {
    List<AbiHypercall> all = Abi.xen().hypercalls();
    if (format.json()) {
      List<EntryJson> entries =
          all.stream().map(h -> new EntryJson(h.number(), h.name(), h.doc())).toList();
      ringside.terminal().out().println(Json.text(new HypercallsJson(entries)));
      return;
    }
    Table table = new Table("number>", "hypercall", "summary");
    all.forEach(h -> table.row(h.number(), h.name(), h.doc()));
    ringside.terminal().out().println(table);
  }
}
