package ringside.cli.system;

import java.util.List;
import ringside.cli.Suggestion;
import ringside.cli.UserError;

/**
 * A value that an option of the command line puts over the description's.
 *
 * @param domain its name; empty for the only domain that there is; null for the file's own keys
 * @param option as the user knows it, for messages
 */
public record ValueOverride(String domain, String key, String value, String option) {
  /** {@code --set DOMAIN.KEY=VALUE}, or {@code --set KEY=VALUE} for the file's own keys. */
  public static ValueOverride parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new UserError(
          "--set " + text + ": there is no '='", "write --set DOMAIN.KEY=VALUE, or KEY=VALUE");
    }
    String target = text.substring(0, equals);
    int dot = target.lastIndexOf('.');
    return new ValueOverride(
        dot < 0 ? null : target.substring(0, dot),
        target.substring(dot + 1),
        text.substring(equals + 1),
        "--set " + target);
  }

  /** {@code --memory} and the like, which mean the only domain of a system. */
  public static ValueOverride ofOnlyDomain(String key, Object value) {
    return new ValueOverride("", key, String.valueOf(value), "--" + key);
  }

  /** {@code --seed} and the like, which stand above all domains. */
  public static ValueOverride ofSystem(String key, Object value, String option) {
    return new ValueOverride(null, key, String.valueOf(value), option);
  }

  void applyTo(RawSystem system, List<Problem> problems) {
    Where where = Where.whole(option);
    Object text = new RawTable.CommandLineText(value);
    if (domain == null) {
      system.top().put(key, text, where);
      return;
    }
    List<String> names = system.domains().stream().map(RawTable::name).toList();
    if (domain.isEmpty()) {
      if (system.domains().size() == 1) {
        system.domains().getFirst().put(key, text, where);
      } else {
        problems.add(
            new Problem(
                where,
                "the system has " + names.size() + " domains: which one is meant?",
                "write --set DOMAIN." + key + "=" + value));
      }
      return;
    }
    int index = names.indexOf(domain);
    if (index < 0) {
      problems.add(
          new Problem(
              where, "there is no domain \"" + domain + "\"", Suggestion.hint(domain, names)));
    } else {
      system.domains().get(index).put(key, text, where);
    }
  }
}
