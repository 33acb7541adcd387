package ringside.cli.compare;

import java.util.List;

/** Somebody who executes orders. For one thread. */
interface Judge extends AutoCloseable {
  String name();

  /** Whether it can be asked about such sequences. */
  default boolean knows(Sequence sequence) {
    return true;
  }

  /** Executes orders of the same code, each from its beginning, with nothing left of another. */
  List<Verdict> run(List<Order> orders);

  @Override
  void close();
}
