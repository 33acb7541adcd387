package ringside.cpu.unicorn;

import com.google.common.primitives.ImmutableLongArray;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import ringside.cpu.Cpuid;
import ringside.cpu.Exit;
import ringside.cpu.GeneralProtection;
import ringside.cpu.GuestException;
import ringside.cpu.HypercallStub;
import ringside.cpu.InterruptDelivery;
import ringside.cpu.InterruptDelivery.Source;
import ringside.cpu.IoPermission;
import ringside.cpu.PageWalk;
import ringside.cpu.Platform;
import ringside.cpu.ProcessorMsrs;
import ringside.cpu.Register;
import ringside.cpu.SegmentRegister;
import ringside.cpu.WalkedMemory;
import ringside.memory.GuestSpace;

/**
 * Everything that leaves the processor while libunicorn runs it: ports, hypercalls, CPUID, MMIO,
 * exceptions, sensitive instructions.
 *
 * <p>Invariant: nothing is thrown out of a callback, it would end the JVM; what was thrown is kept
 * in {@link RunControl}.
 */
final class Traps {
  private static final int FETCH_UNMAPPED = 21; // UC_MEM_FETCH_UNMAPPED
  private static final int LONGEST_STORE = 16;
  private static final int LONGEST_INSTRUCTION = 15;
  private static final int USER = 3;
  private static final byte INT3 = (byte) 0xcc;
  private static final byte INTO = (byte) 0xce;
  private static final int SYSCALL_BYTES = 2;
  private static final long EPERM = 1;

  private final UnicornCpu cpu;
  private final long uc;
  private final GuestSpace space;
  private final Platform platform;
  private final SavedState state;
  private final BudgetHook budget;
  private final RunControl control;
  private final InterruptDelivery delivery;
  private final GuestMap map;
  private final SensitiveCode sensitive;
  private final Callbacks.Entry probeHook;
  private long haltRip = UnicornCpu.NEVER;
  private boolean writeRefused;
  private long refusedGpa;

  Traps(
      UnicornCpu cpu,
      long uc,
      GuestSpace space,
      Platform platform,
      SavedState state,
      BudgetHook budget,
      RunControl control,
      Callbacks callbacks) {
    this.cpu = cpu;
    this.uc = uc;
    this.space = space;
    this.platform = platform;
    this.state = state;
    this.budget = budget;
    this.control = control;
    this.delivery =
        new InterruptDelivery(state, () -> new WalkedMemory(state, space), platform, cpu);
    Callbacks.Entry read = callbacks.mmioRead(this::mmioRead);
    Callbacks.Entry write = callbacks.mmioWrite(this::mmioWrite);
    this.map = new GuestMap(uc, space, control, read, write, this::lookingUpPages);
    Callbacks.Entry hook = callbacks.code(this::sensitive);
    this.sensitive = new SensitiveCode(uc, cpu, space, map, hook);
    this.probeHook = callbacks.code(this::probe);
    budget.install(uc);
    Uc.hook(uc, Uc.HOOK_EDGE_GENERATED, callbacks.edge(this::translated));
    Uc.hook(uc, Uc.HOOK_INTR, callbacks.interrupt(this::exception));
    Uc.hook(uc, Uc.HOOK_INSN_INVALID, callbacks.instruction(this::undefined));
    Uc.hook(uc, Uc.HOOK_MEM_UNMAPPED, callbacks.memory(this::hole));
    Uc.hook(uc, Uc.HOOK_MEM_WRITE_PROT, callbacks.memory(this::refusedWrite));
    Uc.hookInstruction(uc, Uc.INSN_IN, callbacks.in(this::in));
    Uc.hookInstruction(uc, Uc.INSN_OUT, callbacks.out(this::out));
    Uc.hookInstruction(uc, Uc.INSN_CPUID, callbacks.instruction(this::cpuid));
    Uc.hookInstruction(uc, Uc.INSN_SYSCALL, callbacks.systemCall(this::systemCall));
  }

  GuestMap map() {
    return map;
  }

  /** Before each stay. */
  void entering() {
    haltRip = UnicornCpu.NEVER;
    writeRefused = false;
  }

  /** After each stay. */
  void left() {
    if (sensitive.waiting()) {
      lookingUpPages(sensitive::placeHooks);
    }
    map.settle();
  }

  /** Drops translations of code and of addresses. Not during a stay in libunicorn. */
  void flush() {
    lookingUpPages(sensitive::forget);
    Uc.flushTranslations(uc);
    Uc.flushTlb(uc);
    map.codeForgotten();
  }

  /** libunicorn looks up pages of code or of memory meanwhile; faults of that must not linger. */
  private void lookingUpPages(Runnable action) {
    state.load();
    long address = state.get(Register.CR2);
    action.run();
    state.set(Register.CR2, address);
    state.store();
  }

  /** RIP behind the HLT that was about to be executed last, or an address where nothing runs. */
  long haltRip() {
    return haltRip;
  }

  /** True when a write to a read-only frame was stopped; the instruction has not been done. */
  boolean writeRefused() {
    return writeRefused;
  }

  // Ports and hypercalls.

  private void out(long engine, int port, int size, int value, long user) {
    if (control.failed()) {
      return;
    }
    try {
      if (port == HypercallStub.PORT && size == 4) {
        platform.hypercall(cpu, value);
      } else {
        platform.portWrite(cpu, port, size, value & mask(size));
      }
    } catch (Throwable t) {
      control.fail(t);
    }
  }

  private int in(long engine, int port, int size, long user) {
    if (control.failed()) {
      return 0;
    }
    try {
      return (int) (platform.portRead(cpu, port, size) & mask(size));
    } catch (Throwable t) {
      control.fail(t);
      return 0;
    }
  }

  private static long mask(int size) {
    return size == 4 ? 0xffff_ffffL : (1L << 8 * size) - 1;
  }

  private int cpuid(long engine, long user) {
    if (control.failed()) {
      return 1;
    }
    try {
      int leaf = (int) cpu.get(Register.RAX);
      Cpuid.Result result = platform.cpuid(cpu, leaf, (int) cpu.get(Register.RCX));
      cpu.set(Register.RAX, result.eax() & 0xffff_ffffL);
      cpu.set(Register.RBX, result.ebx() & 0xffff_ffffL);
      cpu.set(Register.RCX, result.ecx() & 0xffff_ffffL);
      cpu.set(Register.RDX, result.edx() & 0xffff_ffffL);
    } catch (Throwable t) {
      control.fail(t);
    }
    return 1;
  }

  // Memory.

  private long mmioRead(long engine, long offset, int size, long page) {
    if (control.failed()) {
      return -1;
    }
    try {
      return platform.mmioRead(cpu, page + offset, size);
    } catch (Throwable t) {
      control.fail(t);
      return -1;
    }
  }

  private void mmioWrite(long engine, long offset, int size, long value, long page) {
    if (control.failed()) {
      return;
    }
    try {
      platform.mmioWrite(cpu, page + offset, size, size == 8 ? value : value & mask(size));
    } catch (Throwable t) {
      control.fail(t);
    }
  }

  private int hole(long engine, int type, long gpa, int size, long value, long user) {
    if (type == FETCH_UNMAPPED) {
      return 0;
    }
    try {
      map.touchHole(gpa);
      return 1;
    } catch (Throwable t) {
      control.fail(t);
      return 0;
    }
  }

  private int refusedWrite(long engine, int type, long gpa, int size, long value, long user) {
    writeRefused = true;
    refusedGpa = gpa;
    return 0;
  }

  // Exceptions.

  private int undefined(long engine, long user) {
    return 1; // libunicorn goes on to the hook of exceptions
  }

  private void exception(long engine, int vector, long user) {
    if (control.failed()) {
      control.interruptAtException();
      return;
    }
    try {
      haltRip = UnicornCpu.NEVER;
      state.load();
      settleBlock();
      boolean software = state.softwareInterrupt();
      int code = GuestException.hasErrorCode(vector) && !software ? state.errorCode() : -1;
      long address = vector == GuestException.PF ? state.get(Register.CR2) : 0;
      GuestException event = new GuestException(vector, code, state.get(Register.RIP), address);
      if (software) {
        state.set(Register.RIP, event.rip() - softwareInterruptBytes(vector));
      } else if (vector == GuestException.UD || vector == GuestException.GP) {
        long linear = event.rip() + state.segment(SegmentRegister.CS).base();
        event = ExceptionRepair.repaired(event, state, sensitive.code(linear, LONGEST_INSTRUCTION));
      }
      deliverLoaded(event, software ? Source.SOFTWARE : Source.EXCEPTION);
    } catch (Throwable t) {
      control.fail(t);
    }
  }

  /** Length of the INT3, INTO or INT n that RIP stands behind. Prefixes are not counted. */
  private int softwareInterruptBytes(int vector) {
    long behind = state.get(Register.RIP) + state.segment(SegmentRegister.CS).base();
    byte[] last = sensitive.code(behind - 1, 1);
    boolean single =
        last.length == 1
            && (vector == GuestException.BP && last[0] == INT3
                || vector == GuestException.OF && last[0] == INTO);
    return single ? 1 : 2;
  }

  /** Delivers outside a stay in libunicorn. */
  void deliver(int vector, int errorCode, Source source) {
    state.load();
    settleBlock();
    deliverLoaded(new GuestException(vector, errorCode, state.get(Register.RIP), 0), source);
  }

  /** #GP for a store to a read-only frame, outside a stay in libunicorn. */
  void deliverRefusedWrite() {
    state.load();
    long block = budget.block();
    byte[] code = sensitive.code(block, (int) budget.size());
    int offset =
        new RefusedStore(state)
            .find(
                code,
                block,
                address -> {
                  PageWalk.Result walk = PageWalk.walk(cpu, space, address, false, false, false);
                  long distance = refusedGpa - walk.gpa();
                  return walk.ok() && distance >= 0 && distance < LONGEST_STORE;
                });
    state.set(Register.RIP, block + offset - state.segment(SegmentRegister.CS).base());
    settleBlock();
    deliverLoaded(
        new GuestException(GuestException.GP, 0, state.get(Register.RIP), 0), Source.EXCEPTION);
  }

  private void deliverLoaded(GuestException event, Source source) {
    Optional<Exit.TripleFault> triple = delivery.deliver(event, source);
    state.store();
    triple.ifPresent(
        exit -> {
          control.end(exit);
          control.interruptAtException();
        });
  }

  private void settleBlock() {
    budget.settle(state.get(Register.RIP) + state.segment(SegmentRegister.CS).base());
  }

  // Instructions that libunicorn would execute without asking.

  private void translated(long engine, long block, long previous, long user) {
    if (control.failed()) {
      return;
    }
    try {
      if (sensitive.translated(block, cpu.cpl() == USER)) {
        control.interrupt();
      }
    } catch (Throwable t) {
      control.fail(t);
    }
  }

  private void sensitive(long engine, long address, int size, long user) {
    if (control.failed()) {
      return;
    }
    try {
      byte[] code = sensitive.code(address, Math.min(size, LONGEST_INSTRUCTION));
      switch (SensitiveInstruction.decode(code, cpu.longMode())) {
        case HLT -> haltRip = cpu.get(Register.RIP) + size;
        case RDTSC -> readTimestamp(address + size, size, false);
        case RDTSCP -> readTimestamp(address + size, size, true);
        case RDMSR -> readMsr(address + size, size);
        case WRMSR -> writeMsr(address + size, size);
        case PORT -> checkPort(code, size);
        case DEBUG -> writeDebugRegister(code, address + size, size);
        case NONE -> {}
      }
    } catch (Throwable t) {
      control.fail(t);
    }
  }

  private void readTimestamp(long next, int size, boolean withAux) {
    skip(next, size);
    split(platform.timestamp(cpu));
    if (withAux) {
      long aux = 0;
      try {
        aux = platform.msrRead(cpu, ProcessorMsrs.TSC_AUX);
      } catch (GeneralProtection e) {
        aux = 0; // no such register: RDTSCP is answered as on a processor just reset
      }
      cpu.set(Register.RCX, aux & 0xffff_ffffL);
    }
  }

  private void readMsr(long next, int size) {
    int index = (int) cpu.get(Register.RCX);
    if (cpu.cpl() != 0 || ProcessorMsrs.own(index)) {
      return; // libunicorn does it, or raises #GP
    }
    try {
      long value = platform.msrRead(cpu, index);
      skip(next, size);
      split(value);
    } catch (GeneralProtection e) {
      protectionFault();
    }
  }

  private void writeMsr(long next, int size) {
    int index = (int) cpu.get(Register.RCX);
    if (cpu.cpl() != 0) {
      return;
    }
    long low = cpu.get(Register.RAX) & 0xffff_ffffL;
    long value = cpu.get(Register.RDX) << 32 | low;
    try {
      if (ProcessorMsrs.own(index)) {
        ProcessorMsrs.checkWrite(index, value);
      } else {
        platform.msrWrite(cpu, index, value);
        skip(next, size);
      }
    } catch (GeneralProtection e) {
      protectionFault();
    }
  }

  private void writeDebugRegister(byte[] code, long next, int size) {
    int at = SensitiveInstruction.opcodeOffset(code, cpu.longMode());
    if (cpu.cpl() != 0) {
      return;
    }
    DebugRegisterWrite write = DebugRegisterWrite.of(code, at, cpu).orElse(null);
    if (write != null && write.legal()) {
      cpu.set(write.register(), write.value());
      skip(next, size);
    } else if (write != null) {
      protectionFault();
    }
  }

  /** Raises #GP for a port that is not the user's; a hypercall is answered as Xen does. */
  private void checkPort(byte[] code, int size) {
    state.load();
    int at = SensitiveInstruction.opcodeOffset(code, state.longMode());
    int opcode = code[at] & 0xff;
    boolean immediate = opcode >>> 2 == 0xe4 >>> 2;
    int port = immediate ? code[at + 1] & 0xff : (int) state.get(Register.RDX) & 0xffff;
    boolean wide = state.segment(SegmentRegister.CS).big() || state.longMode();
    boolean operandSize = new String(code, 0, at, StandardCharsets.ISO_8859_1).indexOf(0x66) >= 0;
    int bytes = (opcode & 1) == 0 ? 1 : wide == operandSize ? 2 : 4;
    if (IoPermission.allowed(state, new WalkedMemory(state, space), port, bytes)) {
      return;
    }
    if (immediate && port == HypercallStub.PORT && bytes == 4) {
      skip(state.get(Register.RIP) + state.segment(SegmentRegister.CS).base() + size, size);
      cpu.set(Register.RAX, cpu.longMode() ? -EPERM : -EPERM & 0xffff_ffffL);
    } else {
      protectionFault();
    }
  }

  private void split(long value) {
    cpu.set(Register.RAX, value & 0xffff_ffffL);
    cpu.set(Register.RDX, value >>> 32);
  }

  /**
   * Goes on behind the present instruction without executing it. The write of RIP makes libunicorn
   * leave the block; it forgets a stop asked for before, which is why {@link RunControl} also holds
   * the budget.
   *
   * @param next linear address behind the instruction
   */
  private void skip(long next, int size) {
    budget.settle(next);
    cpu.set(Register.RIP, cpu.get(Register.RIP) + size);
  }

  private void protectionFault() {
    state.load();
    settleBlock();
    deliverLoaded(
        new GuestException(GuestException.GP, 0, state.get(Register.RIP), 0), Source.EXCEPTION);
    cpu.set(Register.RIP, state.get(Register.RIP));
  }

  // Probes: hooks on exactly their addresses, so that what is executed stays the same.

  /** Not during a stay in libunicorn. */
  void watch(ImmutableLongArray addresses) {
    addresses.forEach(
        address -> {
          Uc.hook(uc, Uc.HOOK_CODE, probeHook, address, address);
          Uc.removeTranslations(uc, address, address + 1);
        });
  }

  private void probe(long engine, long address, int size, long user) {
    if (control.failed()) {
      return;
    }
    try {
      if (platform.probe(cpu, address)) {
        control.request();
        skip(address, 0);
      }
    } catch (Throwable t) {
      control.fail(t);
    }
  }

  // SYSCALL: libunicorn only calls the hook, then steps over the instruction.

  private void systemCall(long engine, long user) {
    if (control.failed()) {
      return;
    }
    try {
      state.load();
      if (SystemCall.enabled(state)) {
        new SystemCall(cpu, state).enter(SYSCALL_BYTES);
      } else {
        long rip = state.get(Register.RIP);
        GuestException event = new GuestException(GuestException.UD, -1, rip, 0);
        delivery.deliver(event, Source.EXCEPTION).ifPresent(control::end);
      }
      state.set(Register.RIP, state.get(Register.RIP) - SYSCALL_BYTES);
      state.store();
    } catch (Throwable t) {
      control.fail(t);
    }
  }
}
