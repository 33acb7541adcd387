package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EFAULT;
import static ringside.abi.gen.ErrnoAbi.ENOSYS;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.XenAbi.*;

import java.util.Arrays;
import ringside.abi.Abi;
import ringside.abi.Width;
import ringside.cpu.Cpu;
import ringside.cpu.Register;
import ringside.domain.Machine;
import ringside.domain.Vcpu;
import ringside.memory.GuestFault;

/**
 * Which number is which hypercall, and the way in and out: from the guest's registers to a handler
 * and back. A new hypercall is a class and a line in {@link #HypercallTable}.
 *
 * <p>Invariant: whatever a guest passes, it gets a result; only ring 0 gets past the door.
 */
public final class HypercallTable {
  private static final int STUB_SIZE = 32;
  private static final int STUBS = 128;
  private static final int NUMBERS = 64;

  /** What is not implemented: the ABI table says with which error. */
  private static final Hypercall UNKNOWN =
      args -> Abi.xen().unsupportedResult(args.number(), args.a1());

  private final Machine machine;
  private final Hypercall[] handlers = new Hypercall[NUMBERS];
  private final HypercallTrace trace;

  public HypercallTable(Machine machine) {
    this.machine = machine;
    this.trace = new HypercallTrace(machine.tracer());
    Arrays.fill(handlers, UNKNOWN);
    handlers[__HYPERVISOR_multicall] = new Multicall(this);
    handlers[__HYPERVISOR_memory_op] = new MemoryOp();
    handlers[__HYPERVISOR_grant_table_op] = new GrantTableOp();
    handlers[__HYPERVISOR_physdev_op] = new PhysdevOp();
    handlers[__HYPERVISOR_xen_version] = new XenVersion();
    handlers[__HYPERVISOR_hvm_op] = new HvmOp();
    handlers[__HYPERVISOR_set_timer_op] = new SetTimerOp();
    handlers[__HYPERVISOR_vcpu_op] = new VcpuOp();
    handlers[__HYPERVISOR_sched_op] = new SchedOp();
    handlers[__HYPERVISOR_event_channel_op] = new EventChannelOp();
    handlers[__HYPERVISOR_console_io] = new ConsoleIo();
    handlers[__HYPERVISOR_sched_op_compat] = new SchedOpCompat();
    handlers[__HYPERVISOR_ivmc_op] = new IvmcOp();
  }

  /** The hypercall page of this machine's engine. */
  public byte[] page() {
    byte[] page = new byte[STUBS * STUB_SIZE];
    for (int number = 0; number < STUBS; number++) {
      byte[] stub = machine.engine().hypercallStub(number);
      System.arraycopy(stub, 0, page, number * STUB_SIZE, stub.length);
    }
    return page;
  }

  /** Handles the hypercall that the vCPU has just made, and puts its result into RAX. */
  public void dispatch(Vcpu vcpu, int number) {
    Cpu cpu = vcpu.cpu();
    HypercallArgs args = arguments(vcpu, cpu, number);
    long cause = trace.entry(args, cpu);
    vcpu.hypercallBegins(number, cause);
    HypercallArgs caused = cause == 0 ? args : args.withCause(cause);
    long result = cpu.cpl() != 0 ? -EPERM : call(caused);
    if (result != Hypercall.UNFINISHED) {
      finish(vcpu, number, result);
    }
  }

  /** Calls the handler; also for the entries of a multicall. */
  long call(HypercallArgs args) {
    int number = args.number();
    try {
      return number >= 0 && number < NUMBERS ? handlers[number].call(args) : -ENOSYS;
    } catch (GuestFault e) {
      return -EFAULT;
    }
  }

  /** Delivers the result of a hypercall, now or after its continuation ended. */
  public void finish(Vcpu vcpu, int number, long result) {
    Cpu cpu = vcpu.cpu();
    cpu.set(Register.RAX, cpu.longMode() ? result : result & 0xffff_ffffL);
    trace.result(vcpu, number, result);
  }

  private static HypercallArgs arguments(Vcpu vcpu, Cpu cpu, int number) {
    if (cpu.longMode()) {
      return new HypercallArgs(
          vcpu,
          number,
          Width.W64,
          cpu.get(Register.RDI),
          cpu.get(Register.RSI),
          cpu.get(Register.RDX),
          cpu.get(Register.R10),
          cpu.get(Register.R8),
          0);
    }
    return new HypercallArgs(
        vcpu,
        number,
        Width.W32,
        cpu.get(Register.RBX) & 0xffff_ffffL,
        cpu.get(Register.RCX) & 0xffff_ffffL,
        cpu.get(Register.RDX) & 0xffff_ffffL,
        cpu.get(Register.RSI) & 0xffff_ffffL,
        cpu.get(Register.RDI) & 0xffff_ffffL,
        0);
  }
}
