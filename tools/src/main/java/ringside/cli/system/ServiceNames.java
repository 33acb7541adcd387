package ringside.cli.system;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import ringside.abi.gen.IvmcAbi;
import ringside.cli.Suggestion;
import ringside.ivmc.Services;

/** The services that domains provide to each other: how they are written, and what must fit. */
final class ServiceNames {
  private static final int MAX_LENGTH = IvmcAbi.IVMC_SERVICE_BYTES - 1;
  private static final int MAX_UNIT = 0xffff;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  static final ListType<String> PROVIDED =
      new ListType<>("list of services", "[\"storage\"]", ServiceNames::name);

  static final ListType<Services.Use> USED =
      new ListType<>("list of service/unit", "[\"storage/1\"]", ServiceNames::use);

  private ServiceNames() {}

  private static String name(String text) {
    if (!NAME.matcher(text).matches() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "\"%s\" is no service: letters, digits, '-', '_', '.', at most %d"
              .formatted(text, MAX_LENGTH));
    }
    return text;
  }

  private static Services.Use use(String text) {
    int slash = text.indexOf('/');
    Integer unit = slash < 0 ? null : Ints.tryParse(text.substring(slash + 1));
    if (unit == null || unit < 1 || unit > MAX_UNIT) {
      throw new IllegalArgumentException(
          "\"%s\" is no service with a unit from 1, like \"storage/1\"".formatted(text));
    }
    return new Services.Use(name(text.substring(0, slash)), unit);
  }

  /** Every service has one provider, and what a domain uses is there. */
  static void check(List<Values> tables, List<Problem> problems) {
    Map<String, Where> providers = providers(tables, problems);
    for (Values table : tables) {
      Set<String> used = new HashSet<>();
      for (Services.Use use : table.get(Keys.USES)) {
        String wrong = null;
        String hint = "";
        if (!providers.containsKey(use.service())) {
          wrong = "no domain provides \"" + use.service() + "\"";
          hint = Suggestion.hint(use.service(), providers.keySet());
        } else if (table.get(Keys.PROVIDES).contains(use.service())) {
          wrong = "\"" + use.service() + "\" is what this domain provides itself";
        } else if (!used.add(use.service())) {
          wrong = "\"" + use.service() + "\" is there twice";
          hint = "a domain uses one unit of a service";
        }
        if (wrong != null) {
          problems.add(new Problem(table.where(Keys.USES), "uses: " + wrong, hint));
        }
      }
    }
  }

  private static Map<String, Where> providers(List<Values> tables, List<Problem> problems) {
    Map<String, Where> providers = new LinkedHashMap<>();
    for (Values table : tables) {
      Where where = table.where(Keys.PROVIDES);
      ImmutableList<String> provides = table.get(Keys.PROVIDES);
      if (!provides.isEmpty() && table.get(Keys.COUNT) > 1) {
        String message = "provides: the " + table.get(Keys.COUNT) + " domains of this table cannot";
        problems.add(new Problem(where, message, "a service has one provider"));
      }
      for (String service : provides) {
        Where first = providers.putIfAbsent(service, where);
        if (first != null) {
          String message = "provides: \"" + service + "\" has a provider already";
          problems.add(new Problem(where, message, "the first is at " + first));
        }
      }
    }
    return providers;
  }
}
