package ringside.cpu.unicorn;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.TreeMap;
import java.util.TreeSet;
import ringside.cpu.PageWalk;
import ringside.cpu.RegisterFile;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * Finds the instructions of {@link SensitiveInstruction} in every block that libunicorn translates,
 * so in code that was copied, relocated or made by the guest too.
 *
 * <p>Invariant: a block that holds one runs only after a hook stands on its address. The block is
 * stopped when it was translated and before it ran; between two stays in libunicorn the hooks are
 * placed and the translation is dropped.
 *
 * <p>Does not remove hooks before {@link #forget}: until then a hook whose instruction is gone
 * costs a call that finds nothing.
 */
final class SensitiveCode {
  private static final int BLOCK_SIZE_OFFSET = 10; // uc_tb: u64 pc, u16 icount, u16 size
  private static final int BLOCK_BYTES = 12;

  private final long uc;
  private final RegisterFile registers;
  private final GuestSpace space;
  private final GuestMap map;
  private final Callbacks.Entry hook;
  private final TreeMap<Long, Long> hooked = new TreeMap<>();
  private final TreeSet<Long> toHook = new TreeSet<>();

  SensitiveCode(
      long uc, RegisterFile registers, GuestSpace space, GuestMap map, Callbacks.Entry hook) {
    this.uc = uc;
    this.registers = registers;
    this.space = space;
    this.map = map;
    this.hook = hook;
  }

  /**
   * A block was translated and has not run yet.
   *
   * @param block address of a uc_tb
   * @param user it is translated for user mode
   * @return true when it must not run before {@link #placeHooks}
   */
  boolean translated(long block, boolean user) {
    MemorySegment fields = MemorySegment.ofAddress(block).reinterpret(BLOCK_BYTES);
    long address = fields.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    int size = fields.get(ValueLayout.JAVA_SHORT_UNALIGNED, BLOCK_SIZE_OFFSET) & 0xffff;
    byte[] code = code(address, size);
    SensitiveInstruction.scan(
        code,
        user,
        offset -> {
          if (!hooked.containsKey(address + offset)) {
            toHook.add(address + offset);
          }
        });
    return !toHook.isEmpty();
  }

  /** Bytes of code; fewer than asked for where there is no memory. */
  byte[] code(long address, int size) {
    byte[] code = new byte[size];
    for (int done = 0; done < size; ) {
      PageWalk.Result walk = PageWalk.walk(registers, space, address + done, false, false, false);
      Gpa gpa = new Gpa(walk.gpa());
      int part = Math.min(size - done, Gpa.PAGE_SIZE - gpa.offset());
      try {
        if (!walk.ok()) {
          throw new GuestFault("no code at", address + done, part);
        }
        space.read(gpa, code, done, part);
      } catch (GuestFault e) {
        return java.util.Arrays.copyOf(code, done);
      }
      map.holdsCode(gpa.gfn());
      done += part;
    }
    return code;
  }

  boolean waiting() {
    return !toHook.isEmpty();
  }

  /** Not during a stay in libunicorn. */
  void placeHooks() {
    for (long address : toHook) {
      hooked.put(address, Uc.hook(uc, Uc.HOOK_CODE, hook, address, address));
      Uc.removeTranslations(uc, address, address + 1);
    }
    toHook.clear();
  }

  /** All translations are being dropped: hooks come back where they are still needed. */
  void forget() {
    hooked.values().forEach(handle -> Uc.unhook(uc, handle));
    hooked.clear();
  }
}
