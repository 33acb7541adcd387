package ringside.cpu.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import ringside.cpu.GuestException;

/**
 * Where the processor's state lies in a saved context, in bytes from its start. The public
 * interface of libunicorn reaches neither the privilege level nor the hidden parts of segments nor
 * an exception's error code, and its memory of the last exception turns the next one into a double
 * fault; all of that is in the context.
 *
 * <p>Invariant: every offset was found in the library at hand, by writing marks through the public
 * interface and by raising exceptions, and checked against what the marks must give; a library that
 * does not fit is refused.
 *
 * @param general RAX; the others follow in 8-byte steps
 * @param segments ES; the others follow, then LDTR, TR, GDTR, IDTR
 * @param oldException vector of the exception being delivered, -1 for none
 * @param live the pointer that {@link ScratchBlock} finds is that of the live state, which is laid
 *     out as the context is from RAX on
 */
record StateLayout(
    int general,
    int segments,
    int efer,
    int errorCode,
    int isSoftware,
    int oldException,
    long contextSize,
    boolean live) {
  static final int SEGMENT_SIZE = 24;

  private static final int TR_INDEX = 7;
  private static final int GDTR_INDEX = 8;
  private static final int IDTR_INDEX = 9;
  private static final long SCRATCH = 0x1000;
  private static final long MARK = 0x1a2b_3c4d_5e6f_7081L;
  private static final int FRESH_HIDDEN_FLAGS = 0xc0b0; // LMA, CS64, PE, SS32, CS32
  private static final int HEADER_SLACK = 8; // the context's size counts padding of its header
  private static final int ERROR_CODE = 0x1238;
  private static final long MSR_EFER = 0xc000_0080L;
  private static final byte[] PROGRAM = {
    (byte) 0xcd, (byte) 0x80, // int 0x80
    (byte) 0x8e, (byte) 0xd8, // mov ds, eax
  };

  int rip() {
    return general + 128;
  }

  int rflags() {
    return general + 136;
  }

  /** The arithmetic flags when {@link #flagsKind} is 1. */
  int flagsSource() {
    return general + 152;
  }

  int flagsKind() {
    return general + 168;
  }

  /** 1 or -1. */
  int direction() {
    return general + 172;
  }

  int hiddenFlags() {
    return general + 176;
  }

  /** CR0; CR1 to CR4 follow in 8-byte steps. */
  int control() {
    return segments + (IDTR_INDEX + 1) * SEGMENT_SIZE;
  }

  int segment(int index) {
    return segments + index * SEGMENT_SIZE;
  }

  int gdtr() {
    return segment(GDTR_INDEX);
  }

  int idtr() {
    return segment(IDTR_INDEX);
  }

  /** The same for a library whose live state was not found. */
  StateLayout withoutLiveState() {
    return new StateLayout(
        general, segments, efer, errorCode, isSoftware, oldException, contextSize, false);
  }

  /** Finds the layout with a processor of its own. */
  static StateLayout probe() {
    long uc = Uc.open();
    try (Arena arena = Arena.ofConfined()) {
      return new Probe(uc, arena).run();
    } finally {
      Uc.close(uc);
    }
  }

  private static final class Probe {
    private final long uc;
    private final Arena arena;
    private final MemorySegment buffer;
    private final MemorySegment context;
    private final long size;
    private final List<byte[]> atException = new ArrayList<>();

    Probe(long uc, Arena arena) {
      this.uc = uc;
      this.arena = arena;
      this.buffer = arena.allocate(64);
      this.size = Uc.contextSize(uc);
      this.context = MemorySegment.ofAddress(Uc.allocateContext(uc)).reinterpret(size);
    }

    StateLayout run() {
      long pointer = ScratchBlock.run(uc);
      MemorySegment page = arena.allocate(4096, 4096);
      MemorySegment.copy(PROGRAM, 0, page, ValueLayout.JAVA_BYTE, 0, PROGRAM.length);
      Uc.map(uc, SCRATCH, 4096, Uc.PROT_READ | Uc.PROT_WRITE | Uc.PROT_EXEC, page.address());
      int general = findMarked(UcRegisters.RAX);
      expect(findMarked(UcRegisters.R15) == general + 120, "general registers");
      int segments = findTable(Uc.REG_GDTR) - GDTR_INDEX * SEGMENT_SIZE;
      expect(findTable(Uc.REG_IDTR) == segments + IDTR_INDEX * SEGMENT_SIZE, "IDTR");
      expect(findTable(Uc.REG_TR) == segments + TR_INDEX * SEGMENT_SIZE, "TR");
      int efer = findEfer();
      raise();
      byte[] software = atException.get(0);
      byte[] protection = atException.get(1);
      int isSoftware = find(software, protection, 1, 0);
      int old = find(software, protection, -1, GuestException.GP);
      int errorCode = find(software, protection, 0, ERROR_CODE);
      StateLayout layout =
          new StateLayout(
              general, segments, efer, errorCode, isSoftware, old, size, live(pointer, general));
      expect(layout.hiddenFlags() + 8 == segments, "segments");
      int hidden = word(software, layout.hiddenFlags());
      expect((hidden & 0xffff) == FRESH_HIDDEN_FLAGS, "hidden flags");
      expect(word(software, layout.rip()) == SCRATCH + 2, "RIP");
      expect(word(protection, layout.rip()) == SCRATCH + 2, "RIP");
      expect(word(software, layout.control()) == 0x11, "CR0");
      expect(word(software, layout.flagsKind()) == 1, "flags");
      expect(word(software, layout.direction()) == 1, "direction flag");
      return layout;
    }

    /** True when a copy of the state from RAX on stands at the pointer, byte for byte. */
    private boolean live(long pointer, int general) {
      long bytes = size - general - HEADER_SLACK;
      if (!HostMappings.contain(pointer, bytes)) {
        return false;
      }
      byte[] saved = save();
      MemorySegment state = MemorySegment.ofAddress(pointer).reinterpret(bytes);
      return state.mismatch(MemorySegment.ofArray(saved).asSlice(general, bytes)) < 0;
    }

    private int findMarked(int register) {
      buffer.set(ValueLayout.JAVA_LONG, 0, MARK);
      Uc.writeRegister(uc, register, buffer.address());
      byte[] marked = save();
      buffer.set(ValueLayout.JAVA_LONG, 0, 0);
      Uc.writeRegister(uc, register, buffer.address());
      return find(save(), marked, 0, (int) MARK);
    }

    /** Offset of the descriptor cache of a table register: its base stands 8 bytes behind it. */
    private int findTable(int register) {
      byte[] before = save();
      buffer.fill((byte) 0);
      buffer.set(ValueLayout.JAVA_LONG, 8, 0x5e6f_7081L);
      Uc.writeRegister(uc, register, buffer.address());
      int base = find(before, save(), 0, 0x5e6f_7081);
      buffer.fill((byte) 0);
      Uc.writeRegister(uc, register, buffer.address());
      return base - 8;
    }

    /** EFER.SCE is toggled: a new processor of MODE_64 has LME and LMA set, SCE may differ. */
    private int findEfer() {
      byte[] before = save();
      buffer.set(ValueLayout.JAVA_LONG, 0, MSR_EFER);
      Uc.readRegister(uc, Uc.REG_MSR, buffer.address());
      long efer = buffer.get(ValueLayout.JAVA_LONG, 8);
      buffer.set(ValueLayout.JAVA_LONG, 8, efer ^ 1);
      Uc.writeRegister(uc, Uc.REG_MSR, buffer.address());
      return find(before, save(), (int) efer, (int) efer ^ 1);
    }

    /** INT 0x80, then a selector beyond the table: its number is the error code. */
    private void raise() {
      buffer.set(ValueLayout.JAVA_LONG, 0, ERROR_CODE);
      Uc.writeRegister(uc, UcRegisters.RAX, buffer.address());
      try (Callbacks callbacks = new Callbacks()) {
        Callbacks.Entry hook =
            callbacks.interrupt(
                (engine, vector, user) -> {
                  atException.add(save());
                  Uc.stop(uc);
                });
        Uc.hook(uc, Uc.HOOK_INTR, hook);
        for (long start : new long[] {SCRATCH, SCRATCH + 2}) {
          int error = Uc.start(uc, start);
          expect(error == UcError.OK, "exceptions (" + UcError.name(error) + ")");
        }
      }
      expect(atException.size() == 2, "exceptions");
    }

    private byte[] save() {
      Uc.saveContext(uc, context.address());
      return context.toArray(ValueLayout.JAVA_BYTE);
    }

    /** The one offset where a word went from one value to another. */
    private static int find(byte[] before, byte[] after, int from, int to) {
      int found = -1;
      for (int at = 0; at + 4 <= before.length; at += 4) {
        if (word(before, at) == from && word(after, at) == to) {
          expect(found < 0, "a single change from " + from + " to " + to);
          found = at;
        }
      }
      expect(found >= 0, "a change from " + from + " to " + to);
      return found;
    }

    private static int word(byte[] bytes, int at) {
      return MemorySegment.ofArray(bytes).get(ValueLayout.JAVA_INT_UNALIGNED, at);
    }

    private static void expect(boolean holds, String what) {
      if (!holds) {
        throw new IllegalStateException(
            "this libunicorn keeps its state in an unknown way: no " + what);
      }
    }
  }
}
