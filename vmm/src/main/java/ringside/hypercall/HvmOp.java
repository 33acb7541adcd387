package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EEXIST;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOENT;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.ErrnoAbi.ESRCH;
import static ringside.abi.gen.HvmAbi.*;
import static ringside.abi.gen.XenAbi.DOMID_SELF;

import ringside.abi.Abi;
import ringside.abi.gen.XenHvmEvtchnUpcallVector;
import ringside.abi.gen.XenHvmGetMemType;
import ringside.abi.gen.XenHvmGetTime;
import ringside.abi.gen.XenHvmParam;
import ringside.domain.Continuation;
import ringside.domain.HvmParams;
import ringside.domain.Vcpu;
import ringside.memory.GuestFault;

/**
 * hvm_op (34): a domain's parameters, and upcalls by vector. Which parameter a guest may read or
 * write follows Xen's hvm_allow_get_param and hvm_allow_set_param.
 */
final class HvmOp implements Hypercall {
  private static final int FIRST_VECTOR = 16;

  @Override
  public long call(HypercallArgs args) throws GuestFault {
    return switch (args.cmd()) {
      case HVMOP_set_param -> setParam(args);
      case HVMOP_get_param -> getParam(args);
      case HVMOP_get_time -> getTime(args);
      case HVMOP_flush_tlbs -> flushTlbs(args);
      case HVMOP_get_mem_type -> getMemType(args);
      case HVMOP_set_evtchn_upcall_vector -> setUpcallVector(args);
      default -> Abi.xen().unsupportedResult(args.number(), args.a1());
    };
  }

  private static XenHvmParam read(HypercallArgs args) throws GuestFault {
    return XenHvmParam.of(args.read(args.a2(), XenHvmParam.size(args.width())), args.width());
  }

  private static long check(HypercallArgs args, XenHvmParam param) {
    if (param.index() >= HVM_NR_PARAMS) {
      return -EINVAL;
    }
    if (param.domid() != DOMID_SELF && param.domid() != args.domain().id()) {
      return args.machine().domain(param.domid()) == null ? -ESRCH : -EPERM;
    }
    return 0;
  }

  private long getParam(HypercallArgs args) throws GuestFault {
    XenHvmParam param = read(args);
    long refused = check(args, param);
    if (refused != 0) {
      return refused;
    }
    int index = (int) param.index();
    if (!readable(index)) {
      return -EPERM;
    }
    param.value(args.domain().params().get(index));
    args.write(args.a2(), param.bytes());
    return 0;
  }

  private static boolean readable(int index) {
    return switch (index) {
      case HVM_PARAM_CALLBACK_IRQ,
          HVM_PARAM_STORE_PFN,
          HVM_PARAM_STORE_EVTCHN,
          HVM_PARAM_VM86_TSS,
          HVM_PARAM_CONSOLE_PFN,
          HVM_PARAM_CONSOLE_EVTCHN,
          HVM_PARAM_ACPI_IOPORTS_LOCATION,
          HVM_PARAM_VM_GENERATION_ID_ADDR,
          HVM_PARAM_ALTP2M,
          HVM_PARAM_X87_FIP_WIDTH,
          HVM_PARAM_VM86_TSS_SIZED,
          HVM_PARAM_MCA_CAP ->
          true;
      default -> false;
    };
  }

  private long setParam(HypercallArgs args) throws GuestFault {
    XenHvmParam param = read(args);
    long refused = check(args, param);
    if (refused != 0) {
      return refused;
    }
    HvmParams params = args.domain().params();
    int index = (int) param.index();
    switch (index) {
      case HVM_PARAM_CALLBACK_IRQ -> {
        params.set(index, param.value());
        args.domain().latchWidth(args.vcpu().width());
        return 0;
      }
      case HVM_PARAM_STORE_EVTCHN,
          HVM_PARAM_CONSOLE_EVTCHN,
          HVM_PARAM_VM_GENERATION_ID_ADDR,
          HVM_PARAM_ACPI_IOPORTS_LOCATION,
          HVM_PARAM_VM86_TSS,
          HVM_PARAM_VM86_TSS_SIZED,
          HVM_PARAM_MCA_CAP -> {
        return setOnce(params, index, param.value());
      }
      case HVM_PARAM_ALTP2M -> {
        return -EINVAL; // no alternate p2m here
      }
      case HVM_PARAM_X87_FIP_WIDTH -> {
        boolean width = param.value() == 0 || param.value() == 4 || param.value() == 8;
        if (width) {
          params.set(index, param.value());
        }
        return width ? 0 : -EINVAL;
      }
      default -> {
        return -EPERM;
      }
    }
  }

  private static long setOnce(HvmParams params, int index, long value) {
    long now = params.get(index);
    if (now != 0 && now != value) {
      return -EEXIST;
    }
    params.set(index, value);
    return 0;
  }

  private static long getTime(HypercallArgs args) throws GuestFault {
    XenHvmGetTime time = XenHvmGetTime.zero(args.width());
    time.now(args.machine().clock().now());
    args.write(args.a2(), time.bytes());
    return 0;
  }

  /** Where no frame is, a device may be. */
  private static long getMemType(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), XenHvmGetMemType.size(args.width()));
    XenHvmGetMemType arg = XenHvmGetMemType.of(bytes, args.width());
    long refused = MemoryOp.self(args, arg.domid());
    if (refused != 0) {
      return refused;
    }
    arg.memType(
        switch (args.domain().space().access(arg.pfn())) {
          case READ_WRITE -> HVMMEM_ram_rw;
          case READ_ONLY -> HVMMEM_ram_ro;
          case NONE -> HVMMEM_mmio_dm;
        });
    args.write(args.a2(), bytes);
    return 0;
  }

  private static long flushTlbs(HypercallArgs args) {
    if (args.a2() != 0) {
      return -EINVAL;
    }
    Flush flush = new Flush();
    args.domain().vcpus().stream().filter(Vcpu::initialised).forEach(flush::of);
    if (flush.left > 0) {
      args.vcpu().continuation(flush);
      return UNFINISHED;
    }
    return 0;
  }

  /** Of vCPUs some of which other pCPUs run: it is over when all have come out and done it. */
  private static final class Flush implements Continuation {
    private int left;

    void of(Vcpu vcpu) {
      left++;
      vcpu.atBoundary(
          () -> {
            vcpu.cpu().flush();
            left--;
          });
    }

    @Override
    public long resume() {
      return left > 0 ? UNFINISHED : 0;
    }
  }

  private long setUpcallVector(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), XenHvmEvtchnUpcallVector.size(args.width()));
    XenHvmEvtchnUpcallVector arg = XenHvmEvtchnUpcallVector.of(bytes, args.width());
    if (arg.vector() < FIRST_VECTOR) {
      return -EINVAL;
    }
    Vcpu vcpu = args.domain().vcpuOrNull(arg.vcpu());
    if (vcpu == null) {
      return -ENOENT;
    }
    vcpu.upcallVector(arg.vector());
    return 0;
  }
}
