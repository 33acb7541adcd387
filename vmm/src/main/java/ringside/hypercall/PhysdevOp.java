package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.PhysdevAbi.*;

import ringside.abi.Abi;
import ringside.abi.gen.PhysdevEoi;
import ringside.abi.gen.PhysdevIrqStatusQuery;
import ringside.abi.gen.PhysdevMapPirq;
import ringside.abi.gen.PhysdevUnmapPirq;
import ringside.event.Pirqs;
import ringside.memory.GuestFault;

/**
 * physdev_op (33): (cmd, pointer). The lines of devices that a domain owns become interrupts that
 * it can bind to ports; messages do not, since those reach its local APICs without help: -EPERM.
 *
 * <p>A domain without any line of its own gets -ENOSYS for eoi and irq_status_query, as on Xen.
 */
final class PhysdevOp implements Hypercall {
  @Override
  public long call(HypercallArgs args) throws GuestFault {
    int cmd = args.cmd();
    return switch (cmd) {
      case PHYSDEVOP_map_pirq -> mapPirq(args);
      case PHYSDEVOP_unmap_pirq -> unmapPirq(args);
      case PHYSDEVOP_eoi -> pirqs(args).any() ? eoi(args) : unsupported(args);
      case PHYSDEVOP_irq_status_query -> pirqs(args).any() ? status(args) : unsupported(args);
      default -> unsupported(args);
    };
  }

  private static long unsupported(HypercallArgs args) {
    return Abi.xen().unsupportedResult(args.number(), args.a1());
  }

  private static Pirqs pirqs(HypercallArgs args) {
    return args.domain().events().pirqs();
  }

  private static long mapPirq(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), PhysdevMapPirq.size(args.width()));
    PhysdevMapPirq arg = PhysdevMapPirq.of(bytes, args.width());
    long refused = MemoryOp.self(args, arg.domid());
    if (refused != 0) {
      return refused;
    }
    if (arg.type() < MAP_PIRQ_TYPE_MSI || arg.type() > MAP_PIRQ_TYPE_MULTI_MSI) {
      return -EINVAL;
    }
    if (arg.type() != MAP_PIRQ_TYPE_GSI) {
      return -EPERM;
    }
    args.write(args.a2(), bytes); // so that nothing is mapped whose number has no place
    int pirq = pirqs(args).map(arg.index(), arg.pirq());
    if (pirq < 0) {
      return pirq;
    }
    arg.pirq(pirq);
    args.write(args.a2(), bytes);
    return 0;
  }

  private static long unmapPirq(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), PhysdevUnmapPirq.size(args.width()));
    PhysdevUnmapPirq arg = PhysdevUnmapPirq.of(bytes, args.width());
    long refused = MemoryOp.self(args, arg.domid());
    return refused != 0 ? refused : pirqs(args).unmap(arg.pirq());
  }

  private static long eoi(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), PhysdevEoi.size(args.width()));
    return pirqs(args).eoi(PhysdevEoi.of(bytes, args.width()).irq(), args.cause());
  }

  private static long status(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), PhysdevIrqStatusQuery.size(args.width()));
    PhysdevIrqStatusQuery arg = PhysdevIrqStatusQuery.of(bytes, args.width());
    if (!pirqs(args).mapped(arg.irq())) {
      return -EINVAL;
    }
    arg.flags(XENIRQSTAT_needs_eoi);
    args.write(args.a2(), bytes);
    return 0;
  }
}
