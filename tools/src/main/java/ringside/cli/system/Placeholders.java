package ringside.cli.system;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.cli.Suggestion;

/**
 * {@code {domid:NAME}} and {@code {seed}} in a command line. A brace that begins no placeholder is
 * an error.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{domid:([^{}]*)\\}");

  private static final String SEED = "{seed}";

  private Placeholders() {}

  static String replace(String cmdline, ImmutableMap<String, Integer> domids, long seed) {
    String seeded = cmdline.replace(SEED, Long.toString(seed));
    return PLACEHOLDER.matcher(seeded).replaceAll(m -> String.valueOf(domids.get(m.group(1))));
  }

  static void check(
      String cmdline, ImmutableMap<String, Integer> domids, Where where, List<Problem> problems) {
    Matcher matcher = PLACEHOLDER.matcher(cmdline);
    while (matcher.find()) {
      String name = matcher.group(1);
      if (!domids.containsKey(name)) {
        problems.add(
            new Problem(
                where,
                "cmdline: " + matcher.group() + " names no domain",
                Suggestion.hint(name, domids.keySet())));
      }
    }
    String rest = matcher.replaceAll("").replace(SEED, "");
    int brace = rest.indexOf('{');
    if (brace >= 0) {
      int end = rest.indexOf('}', brace);
      String bad = end < 0 ? rest.substring(brace) : rest.substring(brace, end + 1);
      problems.add(
          new Problem(
              where, "cmdline: bad placeholder \"" + bad + "\"", "write {domid:NAME} or {seed}"));
    }
  }
}
