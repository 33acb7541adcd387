package ringside.cpu;

/**
 * An exception as the processor raises it (Intel SDM volume 3, chapter 6).
 *
 * @param vector 0 to 31
 * @param errorCode pushed error code, or -1 for vectors without one
 * @param rip the address that is pushed: of the faulting instruction, or behind it for a trap
 * @param address the linear address of a page fault (CR2), else 0
 */
public record GuestException(int vector, int errorCode, long rip, long address) {
  public static final int DE = 0;
  public static final int DB = 1;
  public static final int NMI = 2;
  public static final int BP = 3;
  public static final int OF = 4;
  public static final int BR = 5;
  public static final int UD = 6;
  public static final int NM = 7;
  public static final int DF = 8;
  public static final int TS = 10;
  public static final int NP = 11;
  public static final int SS = 12;
  public static final int GP = 13;
  public static final int PF = 14;
  public static final int MF = 16;
  public static final int AC = 17;
  public static final int XM = 19;

  private static final String[] NAMES = {
    "#DE", "#DB", "NMI", "#BP", "#OF", "#BR", "#UD", "#NM", "#DF", "#09", "#TS", "#NP", "#SS",
    "#GP", "#PF", "#15", "#MF", "#AC", "#MC", "#XM", "#VE", "#CP"
  };

  public static String name(int vector) {
    return vector < NAMES.length ? NAMES[vector] : "#" + vector;
  }

  public static boolean hasErrorCode(int vector) {
    return vector == DF || vector >= TS && vector <= PF || vector == AC || vector == 21;
  }

  @Override
  public String toString() {
    return name(vector)
        + (errorCode < 0 ? "" : " error code 0x" + Integer.toHexString(errorCode))
        + (vector == PF ? " at address 0x" + Long.toHexString(address) : "")
        + ", rip 0x"
        + Long.toHexString(rip);
  }
}
