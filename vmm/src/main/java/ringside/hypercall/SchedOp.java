package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOSYS;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.ErrnoAbi.ESRCH;
import static ringside.abi.gen.SchedAbi.*;
import static ringside.abi.gen.XenAbi.DOMID_SELF;

import com.google.common.primitives.ImmutableIntArray;
import ringside.abi.gen.SchedPoll;
import ringside.abi.gen.SchedRemoteShutdown;
import ringside.abi.gen.SchedShutdown;
import ringside.abi.gen.SchedWatchdog;
import ringside.domain.Domain;
import ringside.domain.ShutdownReason;
import ringside.memory.GuestFault;

/**
 * sched_op (29): give way, wait, stop. Blocking is done by the pCPU loop after the call returned.
 */
final class SchedOp implements Hypercall {
  private static final int MAX_POLL_PORTS = 128;

  @Override
  public long call(HypercallArgs args) throws GuestFault {
    return switch (args.cmd()) {
      case SCHEDOP_yield -> yieldCpu(args);
      case SCHEDOP_block -> block(args);
      case SCHEDOP_shutdown -> shutdown(args);
      case SCHEDOP_poll -> poll(args);
      case SCHEDOP_remote_shutdown -> remoteShutdown(args);
      case SCHEDOP_shutdown_code -> shutdownCode(args);
      case SCHEDOP_watchdog -> watchdog(args);
      case SCHEDOP_pin_override -> -EPERM;
      default -> -ENOSYS;
    };
  }

  static long yieldCpu(HypercallArgs args) {
    args.domain().console().drain(args.cause());
    args.machine().yield(args.vcpu());
    return 0;
  }

  static long block(HypercallArgs args) {
    args.vcpu().info().clearUpcallMask();
    args.vcpu().block("block");
    return 0;
  }

  private long shutdown(HypercallArgs args) throws GuestFault {
    return shutdown(args, shutdownReason(args));
  }

  static long shutdown(HypercallArgs args, long value) {
    ShutdownReason reason = ShutdownReason.of(value);
    if (reason == null) {
      return -EINVAL;
    }
    args.domain().shutdown(reason, args.vcpu(), args.cause());
    return 0;
  }

  private static long shutdownReason(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), SchedShutdown.size(args.width()));
    return SchedShutdown.of(bytes, args.width()).reason();
  }

  private long shutdownCode(HypercallArgs args) throws GuestFault {
    ShutdownReason reason = ShutdownReason.of(shutdownReason(args));
    if (reason == null) {
      return -EINVAL;
    }
    args.domain().shutdownCode(reason);
    return 0;
  }

  private long poll(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), SchedPoll.size(args.width()));
    SchedPoll poll = SchedPoll.of(bytes, args.width());
    if (poll.nrPorts() > MAX_POLL_PORTS) {
      return -EINVAL;
    }
    int count = (int) poll.nrPorts();
    ImmutableIntArray.Builder ports = ImmutableIntArray.builder(count);
    for (int k = 0; k < count; k++) {
      int port = args.u32(poll.ports() + (long) k * Integer.BYTES);
      if (!args.domain().events().valid(port)) {
        return -EINVAL;
      }
      ports.add(port);
    }
    args.vcpu().poll(ports.build(), poll.timeout());
    return 0;
  }

  private long remoteShutdown(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), SchedRemoteShutdown.size(args.width()));
    int id = SchedRemoteShutdown.of(bytes, args.width()).domainId();
    Domain remote = args.machine().domain(id);
    return id == DOMID_SELF || remote != null ? -EPERM : -ESRCH;
  }

  private long watchdog(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), SchedWatchdog.size(args.width()));
    SchedWatchdog arg = SchedWatchdog.of(bytes, args.width());
    return args.domain().watchdogs().set(args.vcpu(), arg.id(), arg.timeout());
  }
}
