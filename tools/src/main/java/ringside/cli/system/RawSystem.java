package ringside.cli.system;

import java.util.ArrayList;
import java.util.List;

/** A description before anything in it was checked: its own keys and its tables. */
record RawSystem(RawTable top, List<RawTable> domains, List<RawTable> devices) {
  RawSystem(Where where) {
    this(new RawTable(where), new ArrayList<>(), new ArrayList<>());
  }
}
