package ringside.cpu.jvm;

import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import ringside.cpu.jvm.memory.CodeListener;
import ringside.cpu.jvm.memory.DomainMemory;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Decoder;
import ringside.cpu.x86.Insn;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/**
 * The decoded code of one processor, by guest-physical page.
 *
 * <p>Invariant: a page in here is marked as code in {@link DomainMemory} since before its bytes
 * were read, so that no write goes unnoticed.
 */
public final class CodeCache implements CodeListener, AutoCloseable {
  private static final int LONGEST_BLOCK = 64;
  private static final int FOUND = 1 << 10;

  private final Core core;
  private final DomainMemory domain;
  private final Map<Long, CodePage> pages = new LinkedHashMap<>();
  private final ConcurrentLinkedQueue<Long> changed = new ConcurrentLinkedQueue<>();
  private ImmutableLongArray watched = ImmutableLongArray.of();

  // Where a block was found last, by linear address; right while the stamp is the same.
  private final long[] foundRip = new long[FOUND];
  private final long[] foundStamp = new long[FOUND];
  private final Block[] found = new Block[FOUND];

  CodeCache(Core core, DomainMemory domain) {
    this.core = core;
    this.domain = domain;
    domain.add(this);
  }

  void watch(ImmutableLongArray addresses) {
    watched = addresses;
    flush();
  }

  /**
   * The block at the present RIP.
   *
   * @throws CpuFault of the fetch, or #UD
   */
  Block find() {
    if (core.codeChanged) {
      drop();
    }
    long linear = linear();
    core.mmu.boundary();
    int slot = slot(linear);
    boolean hit = foundRip[slot] == linear && foundStamp[slot] == stamp();
    return hit ? found[slot] : look(linear, slot);
  }

  /**
   * As {@link #find} in 64-bit code, if that has nothing to do but to remember; else null. Behind
   * {@link ringside.cpu.jvm.memory.Mmu#boundary}.
   */
  public Block known() {
    int slot = slot(core.rip);
    return foundRip[slot] == core.rip && foundStamp[slot] == stamp() ? found[slot] : null;
  }

  private static int slot(long linear) {
    return (int) (linear ^ linear >>> 10) & FOUND - 1;
  }

  /** All that are decoded, but for those that have been thrown away. */
  public Stream<Block> blocks() {
    return pages.values().stream().flatMap(p -> Arrays.stream(p.blocks)).filter(Objects::nonNull);
  }

  private Block look(long linear, int slot) {
    long gpa = core.mmu.fetch(linear);
    CodePage page = page(gpa >>> Gpa.PAGE_SHIFT);
    int offset = (int) gpa & Gpa.PAGE_SIZE - 1;
    Block block = page.blocks[offset];
    if (block == null || block.next != null && block.next != next(linear, block)) {
      block = decode(page, offset, linear);
    }
    if (page.blocks[offset] == block) {
      foundRip[slot] = linear;
      foundStamp[slot] = stamp();
      found[slot] = block;
    }
    return block;
  }

  /** The page in which a block ends that begins in the one before, as long as it is known. */
  private CodePage next(long linear, Block block) {
    long last = linear + block.bytes - 1;
    long gfn = gfn(core.long64() ? last : last & 0xffff_ffffL);
    return gfn < 0 ? null : pages.get(gfn << 2 | core.mode.ordinal());
  }

  /**
   * As long as it is the same, each linear address has the same code, and pages that were not stale
   * are not. Only between blocks.
   */
  public long stamp() {
    return core.stamp();
  }

  private long linear() {
    long rip = core.rip;
    if (core.long64() ? rip << 16 >> 16 != rip : rip > core.segmentLimit[1]) {
      throw core.protection();
    }
    return core.linearRip();
  }

  // For the translator; nothing of it faults or can be seen by the guest.

  /** The block there, if it was decoded and no probe waits for it; else null. */
  public Block peek(long linear) {
    CodePage page = pages.get(gfn(linear) << 2 | core.mode.ordinal());
    Block block = page == null ? null : page.blocks[(int) linear & Gpa.PAGE_SIZE - 1];
    boolean here = block != null && (block.next == null || block.next == next(linear, block));
    return here && !block.watched ? block : null;
  }

  /** Frame of the page that code there is fetched from, or -1 where that is not known. */
  public long gfn(long linear) {
    return core.mmu.peek(linear) >> Gpa.PAGE_SHIFT;
  }

  /** The page there, from now on marked as code; null where it is not known. */
  public CodePage hold(long linear) {
    long gfn = gfn(linear);
    return gfn < 0 ? null : page(gfn);
  }

  /** True when a probe waits for one of the bytes. */
  public boolean watchedIn(long linear, int bytes) {
    return !watched.isEmpty()
        && watched.stream().anyMatch(w -> w - linear >= 0 && w - linear < bytes);
  }

  /** Bytes of code, as long as it is known where they are; else null. */
  public byte[] bytes(long linear, int count) {
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      long gpa = core.mmu.peek(linear + done);
      int part = Math.min(count - done, Gpa.PAGE_SIZE - (int) (gpa & Gpa.PAGE_SIZE - 1));
      if (gpa < 0) {
        return null;
      }
      try {
        core.space.read(new Gpa(gpa), bytes, done, part);
      } catch (GuestFault e) {
        return null; // the bus answers all ones there; not worth translating
      }
      done += part;
    }
    return bytes;
  }

  private CodePage page(long gfn) {
    CodePage page =
        pages.computeIfAbsent(gfn << 2 | core.mode.ordinal(), k -> new CodePage(gfn, core.mode));
    core.mmu.holdsCode(gfn);
    return page;
  }

  private Block decode(CodePage page, int offset, long linear) {
    Fetcher fetcher = new Fetcher(core, linear);
    List<Insn> insns = new ArrayList<>();
    int at = offset;
    do {
      int room = Gpa.PAGE_SIZE - at;
      if (!insns.isEmpty() && (watched(linear + at - offset) || fetcher.mayCross(at - offset))) {
        break;
      }
      Insn i = Decoder.decode(fetcher.at(at - offset), core.mode);
      if (i.length > room) {
        if (insns.isEmpty()) {
          return crossing(page, offset, linear, i);
        }
        break;
      }
      insns.add(i);
      at += i.length;
    } while (at < Gpa.PAGE_SIZE
        && insns.size() < LONGEST_BLOCK
        && !BlockEnds.ends(insns.getLast()));
    byte[] code = fetcher.first(at - offset);
    Block block = new Block(page, null, offset, insns.toArray(Insn[]::new), code, watched(linear));
    page.blocks[offset] = block;
    return block;
  }

  /**
   * Of an instruction that goes over the end of the page. The next one may not have been marked as
   * code when it was read: what is kept is decoded again. Not kept is what goes around the end of
   * memory, and what is too long to be an instruction.
   */
  private Block crossing(CodePage page, int offset, long linear, Insn first) {
    boolean wraps = !core.long64() && linear + Decoder.LONGEST > 1L << 32;
    boolean whole = !wraps && first.length <= Decoder.LONGEST;
    CodePage next = whole ? hold(linear + first.length - 1) : null;
    byte[] bytes = next == null ? null : bytes(linear, Decoder.LONGEST);
    Insn i = bytes == null ? first : Decoder.decode(n -> bytes[n] & 0xff, core.mode);
    if (bytes == null || i.length > Decoder.LONGEST) {
      return new Block(page, null, offset, new Insn[] {i}, new byte[0], watched(linear));
    }
    byte[] code = Arrays.copyOf(bytes, i.length);
    CodePage end = offset + i.length > Gpa.PAGE_SIZE ? next : null;
    Block present = page.blocks[offset];
    if (present != null && present.next == end && Arrays.equals(present.code, code)) {
      return present; // where its second page is had been forgotten
    }
    Block block = new Block(page, end, offset, new Insn[] {i}, code, watched(linear));
    page.blocks[offset] = block;
    return block;
  }

  private boolean watched(long linear) {
    return !watched.isEmpty() && watched.contains(linear);
  }

  /** All of it; what another party changed is seen from now on. */
  void flush() {
    pages.values().forEach(p -> p.stale = true);
    pages.clear();
    core.mmu.newEpoch();
    core.codeChanged = true;
  }

  @Override
  public void codeChanged(long gfn) {
    changed.add(gfn);
    core.codeChanged = true;
    core.call();
  }

  private void drop() {
    core.codeChanged = false;
    core.mmu.newEpoch();
    core.mmu.standStill();
    for (Long gfn = changed.poll(); gfn != null; gfn = changed.poll()) {
      for (CodeMode mode : CodeMode.values()) {
        CodePage page = pages.remove(gfn << 2 | mode.ordinal());
        if (page != null) {
          page.stale = true;
        }
      }
    }
  }

  @Override
  public void close() {
    domain.remove(this);
  }
}
