package ringside.trace;

import java.util.List;

/** A glob that matches no event. The message says which, and what may have been meant. */
public final class NoSuchEventException extends Exception {
  private static final long serialVersionUID = 1;

  NoSuchEventException(String glob, List<String> suggestions) {
    super(
        "\"" + glob + "\" matches no event; did you mean " + String.join(", ", suggestions) + "?");
  }
}
