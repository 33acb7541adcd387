package ringside.hypercall;

import java.util.Optional;
import ringside.abi.Abi;
import ringside.abi.AbiHypercall;
import ringside.abi.AbiStruct;
import ringside.abi.AbiSubOp;
import ringside.cpu.Cpu;
import ringside.cpu.Register;
import ringside.domain.Vcpu;
import ringside.memory.GuestFault;
import ringside.trace.HypercallEvent;
import ringside.trace.Tracer;

/**
 * Writes hypercalls into the trace, with the names and the argument structure that the ABI table
 * knows for them. Reading the structure is for the record only; the handler reads it again.
 */
final class HypercallTrace {
  private static final byte[] NONE = {};

  private final Tracer tracer;

  HypercallTrace(Tracer tracer) {
    this.tracer = tracer;
  }

  /** Id of the entry event, or of what led to it when entries are not traced. */
  long entry(HypercallArgs args, Cpu cpu) {
    long announced = args.vcpu().takeAnnounced();
    if (!tracer.on(HypercallEvent.ENTRY)) {
      return announced;
    }
    Optional<AbiHypercall> call = Abi.xen().hypercall(args.number() & 0xffff_ffffL);
    Optional<AbiSubOp> op = call.flatMap(c -> c.op(args.a1()));
    Optional<AbiStruct> struct = op.flatMap(AbiSubOp::struct);
    return args.domain()
        .emit(
            announced,
            args.vcpu().id(),
            new HypercallEvent.Entry(
                args.number(),
                name(args.number()),
                op.map(AbiSubOp::name).orElse(""),
                args.a1(),
                args.a2(),
                args.a3(),
                args.a4(),
                args.a5(),
                cpu.longMode() ? cpu.get(Register.R9) : cpu.get(Register.RBP) & 0xffff_ffffL,
                struct.map(AbiStruct::name).orElse(""),
                args.width().longBits(),
                struct.map(s -> read(args, s.size(args.width()))).orElse(NONE)));
  }

  void result(Vcpu vcpu, int number, long result) {
    if (tracer.on(HypercallEvent.RETURN)) {
      HypercallEvent.Return event = new HypercallEvent.Return(number, name(number), result);
      vcpu.domain().emit(vcpu.hypercallCause(), vcpu.id(), event);
    }
  }

  private static String name(int number) {
    return Abi.xen().hypercall(number & 0xffff_ffffL).map(AbiHypercall::name).orElse("unknown");
  }

  private static byte[] read(HypercallArgs args, int size) {
    try {
      return args.a2() == 0 ? NONE : args.read(args.a2(), size);
    } catch (GuestFault e) {
      return NONE; // the handler answers -EFAULT, which the return event shows
    }
  }
}
