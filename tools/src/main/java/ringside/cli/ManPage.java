package ringside.cli;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One command's manual page in the man macros (groff_man(7)). */
final class ManPage {
  private final CommandSpec spec;
  private final String name;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandSpec spec) {
    this.spec = spec;
    this.name = spec.qualifiedName("-");
  }

  /** Every page of a tree of commands, by its name: {@code ringside-image-info}. */
  static SortedMap<String, String> all(CommandSpec root) {
    SortedMap<String, String> pages = new TreeMap<>();
    collect(root, pages);
    return pages;
  }

  private static void collect(CommandSpec spec, SortedMap<String, String> pages) {
    ManPage page = new ManPage(spec);
    pages.put(page.name, page.text());
    spec.subcommands().values().forEach(sub -> collect(sub.getCommandSpec(), pages));
  }

  private String text() {
    String[] description = spec.usageMessage().description();
    line(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" ringside");
    section("NAME");
    line(escape(name) + " \\- " + escape(description.length == 0 ? "" : description[0]));
    section("SYNOPSIS");
    String synopsis = spec.commandLine().getHelp().synopsis(0);
    line(escape(Ansi.OFF.string(synopsis).replaceAll("\\s+", " ").strip()));
    section("DESCRIPTION");
    for (String paragraph : description) {
      line(escape(paragraph));
      line(".br");
    }
    section("OPTIONS");
    spec.positionalParameters().forEach(this::positional);
    spec.options().forEach(this::option);
    if (!spec.subcommands().isEmpty()) {
      section("COMMANDS");
      spec.subcommands()
          .forEach(
              (sub, line) -> {
                String[] what = line.getCommandSpec().usageMessage().description();
                entry(sub, what.length == 0 ? "" : what[0]);
              });
    }
    if (spec.usageMessage().footer().length > 0) {
      section("NOTES");
      for (String line : spec.usageMessage().footer()) {
        line(escape(line));
      }
    }
    return page.toString();
  }

  private void positional(PositionalParamSpec parameter) {
    if (!parameter.hidden()) {
      entry(parameter.paramLabel(), description(parameter));
    }
  }

  private void option(OptionSpec option) {
    if (!option.hidden()) {
      String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      entry(String.join(", ", option.names()) + value, description(option));
    }
  }

  private static String description(ArgSpec argument) {
    String text = String.join(" ", argument.description());
    if (argument.completionCandidates() != null) {
      String candidates = String.join(", ", argument.completionCandidates());
      text = text.replace("${COMPLETION-CANDIDATES}", candidates);
    }
    return text.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString(true)));
  }

  private void entry(String what, String meaning) {
    line(".TP");
    line(".B " + escape(what));
    line(escape(Ansi.OFF.string(meaning)));
  }

  private void section(String heading) {
    line(".SH " + heading);
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  /** Minus signs and backslashes as they are; no line begins with a control character. */
  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
