package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOENT;
import static ringside.abi.gen.ErrnoAbi.ENOSYS;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.IvmcAbi.*;

import ringside.abi.gen.IvmcFetch;
import ringside.abi.gen.IvmcRegister;
import ringside.abi.gen.IvmcServes;
import ringside.ivmc.Registry;
import ringside.ivmc.RegistryRecord;
import ringside.memory.GuestFault;

/**
 * ivmc_op (63): the registry as guests see it. Ringside's own; the one hypercall that Xen lacks.
 *
 * <p>Does not look at the channel page: its reference is a number to be handed on.
 */
final class IvmcOp implements Hypercall {
  @Override
  public long call(HypercallArgs args) throws GuestFault {
    return switch (args.cmd()) {
      case IVMCOP_register -> register(args);
      case IVMCOP_fetch -> fetch(args);
      case IVMCOP_serves -> serves(args);
      default -> -ENOSYS;
    };
  }

  /** True when the text ends within its array, and is one. */
  private static boolean valid(String service) {
    return !service.isEmpty() && service.length() < IVMC_SERVICE_BYTES;
  }

  private static long register(HypercallArgs args) throws GuestFault {
    IvmcRegister arg =
        IvmcRegister.of(args.read(args.a2(), IvmcRegister.size(args.width())), args.width());
    if (!valid(arg.service()) || arg.role() != IVMC_SERVER && arg.role() != IVMC_CLIENT) {
      return -EINVAL;
    }
    args.write(args.a2(), arg.bytes()); // so that nothing is entered whose answer has no place
    Registry registry = args.machine().registry();
    Registry.Registered done =
        arg.role() == IVMC_SERVER
            ? registry.registerServer(args.vcpu(), arg.service(), args.cause())
            : registry.registerClient(
                args.vcpu(),
                arg.service(),
                (int) arg.channelRef(),
                (int) arg.epoch(),
                args.cause());
    if (done.result() == 0) {
      arg.slot(done.slot());
      arg.port(done.port());
      arg.generation(done.generation());
      args.write(args.a2(), arg.bytes());
    }
    return done.result();
  }

  private static long fetch(HypercallArgs args) throws GuestFault {
    IvmcFetch arg = IvmcFetch.of(args.read(args.a2(), IvmcFetch.size(args.width())), args.width());
    if (!valid(arg.service()) || arg.role() != IVMC_SERVER && arg.role() != IVMC_CLIENT) {
      return -EINVAL;
    }
    if (!Registry.knows(args.domain(), arg.service())) {
      return -EPERM;
    }
    Registry registry = args.machine().registry();
    RegistryRecord record =
        arg.role() == IVMC_SERVER
            ? registry.server(arg.service())
            : registry.client(arg.service(), arg.slot());
    if (record == null) {
      return -ENOENT;
    }
    arg.slot(record.slot());
    arg.domid(record.domid());
    arg.unit(record.unit());
    arg.uid(record.credentials().uid());
    arg.gid(record.credentials().gid());
    arg.channelRef(record.channelRef());
    arg.epoch(record.epoch());
    arg.serial(record.serial());
    arg.generation(registry.generation(arg.service()));
    args.write(args.a2(), arg.bytes());
    return 0;
  }

  private static long serves(HypercallArgs args) throws GuestFault {
    IvmcServes arg =
        IvmcServes.of(args.read(args.a2(), IvmcServes.size(args.width())), args.width());
    Registry registry = args.machine().registry();
    if (!registry.serves(args.domain().id(), arg.server())) {
      return -EPERM;
    }
    return registry.serves(arg.server(), arg.client()) ? 0 : -ENOENT;
  }
}
