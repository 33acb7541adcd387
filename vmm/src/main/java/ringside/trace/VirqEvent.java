package ringside.trace;

import java.util.List;

/** Virtual interrupts that the hypervisor raises. */
public sealed interface VirqEvent extends TraceEvent {
  String RAISE = "virq.raise";

  /** Every type of this family. */
  List<String> TYPES = List.of(RAISE);

  /**
   * A VIRQ reaches the port that is bound to it.
   *
   * @param name its name in Xen, TIMER for VIRQ_TIMER
   * @param port port bound to it, or 0 when there is none
   */
  record Raise(int virq, String name, int port) implements VirqEvent {
    @Override
    public String type() {
      return RAISE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u8("virq", virq).text("name", name).u32("port", port);
    }
  }
}
