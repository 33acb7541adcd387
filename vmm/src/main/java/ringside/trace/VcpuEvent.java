package ringside.trace;

import java.util.List;

/** Life of a vCPU. */
public sealed interface VcpuEvent extends TraceEvent {
  String INITIALISE = "vcpu.initialise";
  String UP = "vcpu.up";
  String DOWN = "vcpu.down";

  /** Every type of this family. */
  List<String> TYPES = List.of(INITIALISE, UP, DOWN);

  /** VCPUOP_initialise gave it its first state. */
  record Initialise(long rip) implements VcpuEvent {
    @Override
    public String type() {
      return INITIALISE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("rip", rip);
    }
  }

  record Up() implements VcpuEvent {
    @Override
    public String type() {
      return UP;
    }

    @Override
    public void fields(FieldSink sink) {}
  }

  record Down() implements VcpuEvent {
    @Override
    public String type() {
      return DOWN;
    }

    @Override
    public void fields(FieldSink sink) {}
  }
}
