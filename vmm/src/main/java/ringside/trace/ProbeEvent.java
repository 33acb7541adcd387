package ringside.trace;

import java.util.List;

/** Probes that no other family knows: those of somebody's own guest. */
public sealed interface ProbeEvent extends TraceEvent {
  String HIT = "probe.hit";

  /** Every type of this family. */
  List<String> TYPES = List.of(HIT);

  /**
   * @param name of the probe
   * @param address of its place in the image
   * @param count of its arguments; those that it has not are 0
   */
  record Hit(String name, long address, int count, long a, long b, long c, long d)
      implements ProbeEvent {
    @Override
    public String type() {
      return HIT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("name", name)
          .hex("address", address)
          .u8("count", count)
          .hex("a", a)
          .hex("b", b)
          .hex("c", c)
          .hex("d", d);
    }
  }
}
