package ringside.trace;

import java.util.List;

/**
 * A guest's hypercall, from its entry to its result. The entry is a root: nothing before it caused
 * it, except that the calls of a multicall are caused by the multicall's entry. The return's cause
 * is its entry, which is what pairs the two.
 */
public sealed interface HypercallEvent extends TraceEvent {
  String ENTRY = "hypercall.entry";
  String RETURN = "hypercall.return";

  /** Every type of this family. */
  List<String> TYPES = List.of(ENTRY, RETURN);

  /**
   * A guest calls.
   *
   * @param name its name in Xen without a prefix: event_channel_op
   * @param subOp name of the sub-operation, or empty when there is none or it is unknown
   * @param structure name in the ABI table of what the argument pointer leads to, or empty
   * @param width 64 or 32: whose layout the structure has
   * @param argument the structure as read before the call, empty when there is none or it could not
   *     be read; several elements of the structure may follow one another
   */
  record Entry(
      int number,
      String name,
      String subOp,
      long a1,
      long a2,
      long a3,
      long a4,
      long a5,
      long a6,
      String structure,
      int width,
      byte[] argument)
      implements HypercallEvent {
    private static final byte[] NONE = {};

    /** A call without an argument structure. */
    public Entry(
        int number,
        String name,
        String subOp,
        long a1,
        long a2,
        long a3,
        long a4,
        long a5,
        long a6,
        int width) {
      this(number, name, subOp, a1, a2, a3, a4, a5, a6, "", width, NONE);
    }

    @Override
    public String type() {
      return ENTRY;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("number", number)
          .text("name", name)
          .text("sub_op", subOp)
          .hex("a1", a1)
          .hex("a2", a2)
          .hex("a3", a3)
          .hex("a4", a4)
          .hex("a5", a5)
          .hex("a6", a6)
          .struct("argument", structure, width, argument);
    }
  }

  /**
   * The guest gets its answer.
   *
   * @param result what the guest finds in rax: negative values down to -4095 are errno values
   */
  record Return(int number, String name, long result) implements HypercallEvent {
    @Override
    public String type() {
      return RETURN;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("number", number).text("name", name).s64("result", result);
    }
  }
}
