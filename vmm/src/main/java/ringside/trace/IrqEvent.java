package ringside.trace;

import java.util.List;

/** Interrupts that reach a vCPU by its local APIC, upcalls apart. */
public sealed interface IrqEvent extends TraceEvent {
  String INJECT = "irq.inject";

  /** Every type of this family. */
  List<String> TYPES = List.of(INJECT);

  /**
   * A vector is injected.
   *
   * @param source who asked for it: lapic_timer, ipi, nmi, msi
   */
  record Inject(int vector, String source) implements IrqEvent {
    @Override
    public String type() {
      return INJECT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u8("vector", vector).text("source", source);
    }
  }
}
