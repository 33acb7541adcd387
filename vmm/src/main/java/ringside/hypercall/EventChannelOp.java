package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOENT;
import static ringside.abi.gen.ErrnoAbi.ENOSYS;
import static ringside.abi.gen.ErrnoAbi.EOPNOTSUPP;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.ErrnoAbi.ESRCH;
import static ringside.abi.gen.EventChannelAbi.*;
import static ringside.abi.gen.XenAbi.DOMID_SELF;

import ringside.abi.AbiOffset;
import ringside.abi.gen.EvtchnAllocUnbound;
import ringside.abi.gen.EvtchnBindInterdomain;
import ringside.abi.gen.EvtchnBindIpi;
import ringside.abi.gen.EvtchnBindPirq;
import ringside.abi.gen.EvtchnBindVcpu;
import ringside.abi.gen.EvtchnBindVirq;
import ringside.abi.gen.EvtchnClose;
import ringside.abi.gen.EvtchnInitControl;
import ringside.abi.gen.EvtchnReset;
import ringside.abi.gen.EvtchnSend;
import ringside.abi.gen.EvtchnStatus;
import ringside.abi.gen.EvtchnUnmask;
import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.event.EventChannels;
import ringside.event.EvtchnTrace;
import ringside.event.Virq;
import ringside.memory.GuestFault;

/**
 * event_channel_op (32), 2-level ABI. An unprivileged domain may act on itself only: another domid
 * is -EPERM, one that does not exist -ESRCH.
 *
 * <p>Does not offer the FIFO ABI: init_control is -EINVAL, its companions -EOPNOTSUPP; guests then
 * stay with 2-level.
 */
final class EventChannelOp implements Hypercall {
  /** Ports above what any layout can hold are refused before they reach an int. */
  private static final long PORT_LIMIT = 1 << 20;

  @Override
  public long call(HypercallArgs args) throws GuestFault {
    return switch (args.cmd()) {
      case EVTCHNOP_send -> send(args);
      case EVTCHNOP_alloc_unbound -> allocUnbound(args);
      case EVTCHNOP_bind_interdomain -> bindInterdomain(args);
      case EVTCHNOP_bind_virq -> bindVirq(args);
      case EVTCHNOP_bind_ipi -> bindIpi(args);
      case EVTCHNOP_bind_pirq -> bindPirq(args);
      case EVTCHNOP_close -> close(args);
      case EVTCHNOP_status -> status(args);
      case EVTCHNOP_bind_vcpu -> bindVcpu(args);
      case EVTCHNOP_unmask -> unmask(args);
      case EVTCHNOP_reset -> reset(args);
      case EVTCHNOP_init_control -> initControl(args);
      case EVTCHNOP_expand_array, EVTCHNOP_set_priority -> -EOPNOTSUPP;
      default -> -ENOSYS;
    };
  }

  private static EventChannels events(HypercallArgs args) {
    return args.domain().events();
  }

  private static int port(long port) {
    return port >= 0 && port < PORT_LIMIT ? (int) port : -1;
  }

  private static byte[] read(HypercallArgs args, int size) throws GuestFault {
    return args.read(args.a2(), size);
  }

  /** 0 when the domid means the caller, else the error for it. */
  private static long self(HypercallArgs args, int domid) {
    if (domid == DOMID_SELF || domid == args.domain().id()) {
      return 0;
    }
    return args.machine().domain(domid) == null ? -ESRCH : -EPERM;
  }

  private long send(HypercallArgs args) throws GuestFault {
    int port = args.u32(args.a2() + EvtchnSend.PORT.offset(args.width()));
    return events(args).send(port(port), args.vcpu().id(), args.cause());
  }

  private long allocUnbound(HypercallArgs args) throws GuestFault {
    EvtchnAllocUnbound arg =
        EvtchnAllocUnbound.of(read(args, EvtchnAllocUnbound.size(args.width())), args.width());
    long denied = self(args, arg.dom());
    if (denied != 0) {
      return denied;
    }
    int remote = arg.remoteDom() == DOMID_SELF ? args.domain().id() : arg.remoteDom();
    return answer(args, events(args).allocUnbound(remote), EvtchnAllocUnbound.PORT);
  }

  private long bindInterdomain(HypercallArgs args) throws GuestFault {
    EvtchnBindInterdomain arg =
        EvtchnBindInterdomain.of(
            read(args, EvtchnBindInterdomain.size(args.width())), args.width());
    int id = arg.remoteDom() == DOMID_SELF ? args.domain().id() : arg.remoteDom();
    Domain remote = args.machine().domain(id);
    if (remote == null) {
      return -ESRCH;
    }
    int port = events(args).bindInterdomain(remote.events(), port(arg.remotePort()), args.cause());
    return answer(args, port, EvtchnBindInterdomain.LOCAL_PORT);
  }

  private long bindVirq(HypercallArgs args) throws GuestFault {
    EvtchnBindVirq arg =
        EvtchnBindVirq.of(read(args, EvtchnBindVirq.size(args.width())), args.width());
    if (arg.virq() >= Virq.COUNT || !Virq.perVcpu((int) arg.virq()) && arg.vcpu() != 0) {
      return -EINVAL;
    }
    Vcpu vcpu = args.domain().vcpuOrNull(arg.vcpu());
    return vcpu == null
        ? -ENOENT
        : answer(args, events(args).bindVirq((int) arg.virq(), vcpu), EvtchnBindVirq.PORT);
  }

  private long bindIpi(HypercallArgs args) throws GuestFault {
    EvtchnBindIpi arg =
        EvtchnBindIpi.of(read(args, EvtchnBindIpi.size(args.width())), args.width());
    Vcpu vcpu = args.domain().vcpuOrNull(arg.vcpu());
    return vcpu == null ? -ENOENT : answer(args, events(args).bindIpi(vcpu), EvtchnBindIpi.PORT);
  }

  private long bindPirq(HypercallArgs args) throws GuestFault {
    EvtchnBindPirq arg =
        EvtchnBindPirq.of(read(args, EvtchnBindPirq.size(args.width())), args.width());
    return answer(args, events(args).pirqs().bind(arg.pirq(), args.cause()), EvtchnBindPirq.PORT);
  }

  private long close(HypercallArgs args) throws GuestFault {
    EvtchnClose arg = EvtchnClose.of(read(args, EvtchnClose.size(args.width())), args.width());
    int port = port(arg.port());
    int result = events(args).close(port);
    if (result == 0) {
      EvtchnTrace.closed(args.vcpu(), port, args.cause());
    }
    return result;
  }

  private long bindVcpu(HypercallArgs args) throws GuestFault {
    EvtchnBindVcpu arg =
        EvtchnBindVcpu.of(read(args, EvtchnBindVcpu.size(args.width())), args.width());
    Vcpu vcpu = args.domain().vcpuOrNull(arg.vcpu());
    return vcpu == null ? -ENOENT : events(args).bindVcpu(port(arg.port()), vcpu);
  }

  private long unmask(HypercallArgs args) throws GuestFault {
    EvtchnUnmask arg = EvtchnUnmask.of(read(args, EvtchnUnmask.size(args.width())), args.width());
    int port = port(arg.port());
    if (events(args).valid(port)) {
      EvtchnTrace.unmask(args.vcpu(), port, args.cause());
    }
    return events(args).unmask(port);
  }

  private long reset(HypercallArgs args) throws GuestFault {
    EvtchnReset arg = EvtchnReset.of(read(args, EvtchnReset.size(args.width())), args.width());
    long denied = self(args, arg.dom());
    if (denied == 0) {
      events(args).closeAll();
    }
    return denied;
  }

  private long initControl(HypercallArgs args) throws GuestFault {
    EvtchnInitControl arg =
        EvtchnInitControl.of(read(args, EvtchnInitControl.size(args.width())), args.width());
    return args.domain().vcpuOrNull(arg.vcpu()) == null ? -ENOENT : -EINVAL;
  }

  private long status(HypercallArgs args) throws GuestFault {
    EvtchnStatus arg = EvtchnStatus.of(read(args, EvtchnStatus.size(args.width())), args.width());
    long denied = self(args, arg.dom());
    if (denied != 0) {
      return denied;
    }
    int port = port(arg.port());
    if (!events(args).valid(port)) {
      return -EINVAL;
    }
    EventChannels.Status status = events(args).status(port);
    arg.status(status.status());
    arg.vcpu(status.vcpu());
    switch (status.status()) {
      case EVTCHNSTAT_unbound -> arg.uUnboundDom(status.a());
      case EVTCHNSTAT_interdomain -> {
        arg.uInterdomainDom(status.a());
        arg.uInterdomainPort(status.b());
      }
      case EVTCHNSTAT_pirq -> arg.uPirq(status.a());
      case EVTCHNSTAT_virq -> arg.uVirq(status.a());
      default -> {}
    }
    args.write(args.a2(), arg.bytes());
    return 0;
  }

  /**
   * Writes a new port into the argument's field. A port that cannot be told is closed again, so
   * that none is lost.
   */
  private long answer(HypercallArgs args, int port, AbiOffset field) throws GuestFault {
    if (port < 0) {
      return port;
    }
    EvtchnTrace.bound(args.vcpu(), port, args.cause());
    byte[] value = {(byte) port, (byte) (port >>> 8), (byte) (port >>> 16), (byte) (port >>> 24)};
    try {
      args.write(args.a2() + field.offset(args.width()), value);
      return 0;
    } catch (GuestFault e) {
      events(args).close(port);
      EvtchnTrace.closed(args.vcpu(), port, args.cause());
      throw e;
    }
  }
}
