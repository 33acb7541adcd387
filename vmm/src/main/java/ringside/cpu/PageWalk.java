package ringside.cpu;

import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * The guest's page tables, walked in software: 2-level, PAE and 4-level (Intel SDM volume 3,
 * chapter 4), with large pages. Does not set accessed and dirty bits; the engine's own walks do.
 *
 * <p>Error codes are those of #PF: bit 0 present, 1 write, 2 user, 3 reserved, 4 fetch.
 */
public final class PageWalk {
  private static final long CR0_PG = 1L << 31;
  private static final long CR0_WP = 1L << 16;
  private static final long CR4_PSE = 1L << 4;
  private static final long CR4_PAE = 1L << 5;
  private static final long EFER_LMA = 1L << 10;
  private static final long EFER_NXE = 1L << 11;
  private static final long PRESENT = 1;
  private static final long WRITABLE = 2;
  private static final long USER = 4;
  private static final long LARGE = 0x80;
  private static final long NX = 1L << 63;
  private static final long FRAME_MASK = 0x000f_ffff_ffff_f000L;

  public static final int ERROR_PRESENT = 1;
  public static final int ERROR_WRITE = 2;
  public static final int ERROR_USER = 4;
  public static final int ERROR_FETCH = 16;

  /** Outcome of a walk: {@code gpa} is meaningful when {@code errorCode} is -1. */
  public record Result(long gpa, int errorCode) {
    public boolean ok() {
      return errorCode < 0;
    }
  }

  private PageWalk() {}

  /** Translates for the given access; {@code address} is linear. */
  public static Result walk(
      RegisterFile cpu,
      GuestSpace space,
      long address,
      boolean write,
      boolean user,
      boolean fetch) {
    long cr0 = cpu.get(Register.CR0);
    if ((cr0 & CR0_PG) == 0) {
      return new Result(address & 0xffff_ffffL, -1);
    }
    long cr4 = cpu.get(Register.CR4);
    long efer = cpu.get(Register.EFER);
    int error =
        (write ? ERROR_WRITE : 0)
            | (user ? ERROR_USER : 0)
            | (fetch && (efer & EFER_NXE) != 0 ? ERROR_FETCH : 0);
    boolean long64 = (efer & EFER_LMA) != 0;
    boolean pae = (cr4 & CR4_PAE) != 0;
    int levels = long64 ? 4 : pae ? 3 : 2;
    int indexBits = pae || long64 ? 9 : 10;
    int entrySize = pae || long64 ? 8 : 4;
    long linear = long64 ? address : address & 0xffff_ffffL;
    if (long64 && linear << 16 >> 16 != linear) {
      return new Result(0, error);
    }
    long table =
        levels == 3 ? cpu.get(Register.CR3) & 0xffff_ffe0L : cpu.get(Register.CR3) & FRAME_MASK;
    boolean writable = true;
    boolean userPage = true;
    boolean executable = true;
    try {
      for (int level = levels; level >= 1; level--) {
        int shift = Gpa.PAGE_SHIFT + indexBits * (level - 1);
        long index = linear >>> shift & (level == 3 && levels == 3 ? 3 : (1 << indexBits) - 1);
        Gpa slot = new Gpa(table + index * entrySize);
        long entry = entrySize == 8 ? space.u64(slot) : space.u32(slot) & 0xffff_ffffL;
        if ((entry & PRESENT) == 0) {
          return new Result(0, error);
        }
        boolean pdpte = levels == 3 && level == 3;
        if (!pdpte) {
          writable &= (entry & WRITABLE) != 0;
          userPage &= (entry & USER) != 0;
          executable &= entrySize == 4 || (entry & NX) == 0 || (efer & EFER_NXE) == 0;
        }
        boolean large =
            level > 1
                && level <= (long64 ? 3 : 2)
                && (entry & LARGE) != 0
                && (entrySize == 8 || (cr4 & CR4_PSE) != 0);
        if (level == 1 || large) {
          boolean denied =
              user && !userPage
                  || write && !writable && (user || (cr0 & CR0_WP) != 0)
                  || fetch && !executable;
          if (denied) {
            return new Result(0, error | ERROR_PRESENT);
          }
          long offsetMask = (1L << shift) - 1;
          return new Result((entry & FRAME_MASK & ~offsetMask) | (linear & offsetMask), -1);
        }
        table = entry & FRAME_MASK;
      }
    } catch (GuestFault e) {
      return new Result(0, error);
    }
    throw new AssertionError("a walk ends at level 1");
  }
}
