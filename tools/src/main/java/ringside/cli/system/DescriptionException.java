package ringside.cli.system;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A description that cannot be booted: everything that is wrong in it, in the order of the file.
 */
public final class DescriptionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<Problem> problems;

  DescriptionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = ImmutableList.copyOf(problems);
  }

  public ImmutableList<Problem> problems() {
    return problems;
  }
}
