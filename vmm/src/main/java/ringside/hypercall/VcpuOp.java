package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EEXIST;
import static ringside.abi.gen.ErrnoAbi.EFAULT;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOENT;
import static ringside.abi.gen.ErrnoAbi.ETIME;
import static ringside.abi.gen.VcpuAbi.*;

import ringside.abi.Abi;
import ringside.abi.gen.VcpuHvmContext;
import ringside.abi.gen.VcpuInfo;
import ringside.abi.gen.VcpuRegisterRunstateMemoryArea;
import ringside.abi.gen.VcpuRegisterTimeMemoryArea;
import ringside.abi.gen.VcpuRegisterVcpuInfo;
import ringside.abi.gen.VcpuSetPeriodicTimer;
import ringside.abi.gen.VcpuSetSingleshotTimer;
import ringside.cpu.InitialState;
import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.memory.Access;
import ringside.memory.Frame;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.Gva;
import ringside.trace.VcpuEvent;

/** vcpu_op (24): start, stop and time vCPUs. (cmd, vcpu id, pointer). */
final class VcpuOp implements Hypercall {
  private static final long MIN_PERIOD_NS = 1_000_000;

  @Override
  public long call(HypercallArgs args) throws GuestFault {
    Vcpu vcpu = args.domain().vcpuOrNull(args.a2() & 0xffff_ffffL);
    if (vcpu == null) {
      return -ENOENT;
    }
    return switch (args.cmd()) {
      case VCPUOP_initialise -> initialise(args, vcpu);
      case VCPUOP_up -> up(args, vcpu);
      case VCPUOP_down -> down(args, vcpu);
      case VCPUOP_is_up -> vcpu.isUp() ? 1 : 0;
      case VCPUOP_get_runstate_info -> {
        args.write(args.a3(), vcpu.runstateInfo(args.width()));
        yield 0;
      }
      case VCPUOP_register_runstate_memory_area -> registerRunstate(args, vcpu);
      case VCPUOP_set_periodic_timer -> setPeriodic(args, vcpu);
      case VCPUOP_stop_periodic_timer -> {
        vcpu.timers().periodic(0, args.cause());
        yield 0;
      }
      case VCPUOP_set_singleshot_timer -> setSingleshot(args, vcpu);
      case VCPUOP_stop_singleshot_timer -> stopSingleshot(args, vcpu);
      case VCPUOP_register_vcpu_info -> registerInfo(args, vcpu);
      case VCPUOP_send_nmi -> sendNmi(vcpu);
      case VCPUOP_register_vcpu_time_memory_area -> registerTime(args, vcpu);
      default -> Abi.xen().unsupportedResult(args.number(), args.a1());
    };
  }

  private long initialise(HypercallArgs args, Vcpu vcpu) throws GuestFault {
    byte[] bytes = args.read(args.a3(), VcpuHvmContext.size(args.width()));
    if (vcpu.initialised()) {
      return -EEXIST;
    }
    InitialState state = VcpuContext.state(VcpuHvmContext.of(bytes, args.width()));
    if (state == null) {
      return -EINVAL;
    }
    vcpu.initialise(state);
    trace(args, vcpu, new VcpuEvent.Initialise(state.rip()));
    return 0;
  }

  private long up(HypercallArgs args, Vcpu vcpu) {
    if (!vcpu.initialised()) {
      return -EINVAL;
    }
    long cause = vcpu.isUp() ? args.cause() : trace(args, vcpu, new VcpuEvent.Up());
    vcpu.up(cause);
    return 0;
  }

  private static long trace(HypercallArgs args, Vcpu vcpu, VcpuEvent event) {
    return args.domain().emit(args.cause(), vcpu.id(), event);
  }

  private long down(HypercallArgs args, Vcpu vcpu) {
    if (vcpu.isUp()) {
      trace(args, vcpu, new VcpuEvent.Down());
    }
    vcpu.down();
    return 0;
  }

  private long registerRunstate(HypercallArgs args, Vcpu vcpu) throws GuestFault {
    int size = VcpuRegisterRunstateMemoryArea.size(args.width());
    var area = VcpuRegisterRunstateMemoryArea.of(args.read(args.a3(), size), args.width());
    if (vcpu.initialised() && vcpu.registerRunstate(new Gva(area.addrH()), args.width())) {
      return 0;
    }
    return -EFAULT;
  }

  private long registerTime(HypercallArgs args, Vcpu vcpu) throws GuestFault {
    int size = VcpuRegisterTimeMemoryArea.size(args.width());
    var area = VcpuRegisterTimeMemoryArea.of(args.read(args.a3(), size), args.width());
    if (vcpu.initialised() && vcpu.registerTime(new Gva(area.addrH()), args.width())) {
      return 0;
    }
    return -EFAULT;
  }

  private long sendNmi(Vcpu vcpu) {
    if (!vcpu.initialised()) {
      return -EINVAL;
    }
    vcpu.sendNmi();
    return 0;
  }

  private long setPeriodic(HypercallArgs args, Vcpu vcpu) throws GuestFault {
    byte[] bytes = args.read(args.a3(), VcpuSetPeriodicTimer.size(args.width()));
    long period = VcpuSetPeriodicTimer.of(bytes, args.width()).periodNs();
    if (period < MIN_PERIOD_NS) {
      return -EINVAL;
    }
    vcpu.timers().periodic(period, args.cause());
    return 0;
  }

  private long setSingleshot(HypercallArgs args, Vcpu vcpu) throws GuestFault {
    if (vcpu != args.vcpu()) {
      return -EINVAL;
    }
    byte[] bytes = args.read(args.a3(), VcpuSetSingleshotTimer.size(args.width()));
    VcpuSetSingleshotTimer timer = VcpuSetSingleshotTimer.of(bytes, args.width());
    boolean past = timer.timeoutAbsNs() < args.machine().clock().now();
    if (past && (timer.flags() & VCPU_SSHOTTMR_future) != 0) {
      return -ETIME;
    }
    vcpu.timers().oneShot(timer.timeoutAbsNs(), args.cause());
    return 0;
  }

  private long stopSingleshot(HypercallArgs args, Vcpu vcpu) {
    if (vcpu != args.vcpu()) {
      return -EINVAL;
    }
    vcpu.timers().oneShot(0, args.cause());
    return 0;
  }

  private long registerInfo(HypercallArgs args, Vcpu vcpu) throws GuestFault {
    byte[] bytes = args.read(args.a3(), VcpuRegisterVcpuInfo.size(args.width()));
    VcpuRegisterVcpuInfo info = VcpuRegisterVcpuInfo.of(bytes, args.width());
    Domain domain = args.domain();
    long gfn = info.mfn();
    boolean fits = info.offset() <= Gpa.PAGE_SIZE - VcpuInfo.size(args.width());
    boolean aligned = info.offset() % Long.BYTES == 0;
    if (!fits || !aligned || !GuestSpace.inSpace(gfn)) {
      return -EINVAL;
    }
    if (domain.space().access(gfn) != Access.READ_WRITE || domain.grants().maps(gfn)) {
      return -EINVAL;
    }
    Frame frame = Frame.of(args.machine().memory(), domain.space().mfn(gfn));
    if (!vcpu.registerInfo(frame, (int) info.offset())) {
      frame.close();
      return -EINVAL;
    }
    return 0;
  }
}
