package ringside.cli;

import java.util.List;
import java.util.stream.Collectors;
import ringside.cli.system.DescriptionException;
import ringside.cli.system.Problem;
import ringside.cli.system.SystemDescription;
import ringside.cli.system.Systems;
import ringside.cli.system.ValueOverride;

/** Reads descriptions for verbs that cannot go on with a wrong one. */
final class Descriptions {
  private Descriptions() {}

  static SystemDescription read(String what, List<ValueOverride> overrides) {
    try {
      return Systems.ofThisProject().read(what, overrides);
    } catch (DescriptionException e) {
      List<Problem> problems = e.problems();
      String lines = problems.stream().map(Problem::toString).collect(Collectors.joining("\n  "));
      throw new UserError(
          problems.size() == 1 ? lines : what + " has " + problems.size() + " errors:\n  " + lines);
    }
  }
}
