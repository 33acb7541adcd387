package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.PhysdevAbi.*;

import ringside.abi.Abi;
import ringside.abi.gen.PhysdevMapPirq;
import ringside.abi.gen.PhysdevUnmapPirq;
import ringside.memory.GuestFault;

/**
 * physdev_op (33): (cmd, pointer). No physical interrupt belongs to any domain yet, so a
 * well-formed request to map one is refused with -EPERM, and there is none to unmap.
 */
final class PhysdevOp implements Hypercall {
  @Override
  public long call(HypercallArgs args) throws GuestFault {
    return switch (args.cmd()) {
      case PHYSDEVOP_map_pirq -> mapPirq(args);
      case PHYSDEVOP_unmap_pirq -> unmapPirq(args);
      default -> Abi.xen().unsupportedResult(args.number(), args.a1());
    };
  }

  private static long mapPirq(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), PhysdevMapPirq.size(args.width()));
    PhysdevMapPirq arg = PhysdevMapPirq.of(bytes, args.width());
    long refused = MemoryOp.self(args, arg.domid());
    if (refused != 0) {
      return refused;
    }
    return arg.type() < MAP_PIRQ_TYPE_MSI || arg.type() > MAP_PIRQ_TYPE_MULTI_MSI
        ? -EINVAL
        : -EPERM;
  }

  private static long unmapPirq(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), PhysdevUnmapPirq.size(args.width()));
    long refused = MemoryOp.self(args, PhysdevUnmapPirq.of(bytes, args.width()).domid());
    return refused != 0 ? refused : -EINVAL;
  }
}
