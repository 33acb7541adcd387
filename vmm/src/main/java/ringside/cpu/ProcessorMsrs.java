package ringside.cpu;

/**
 * Which model-specific registers are the processor's own: these are read and written by the engine
 * after a check of the value, all others go to the platform.
 */
public final class ProcessorMsrs {
  public static final int TSC_AUX = 0xc000_0103;

  private static final int EFER = 0xc000_0080;
  private static final long EFER_SCE_LME_LMA_NXE = 0xd01;

  private ProcessorMsrs() {}

  public static boolean own(int index) {
    return switch (index) {
      case 0x174, 0x175, 0x176 -> true; // SYSENTER_CS, _ESP, _EIP
      case EFER, 0xc000_0081, 0xc000_0082, 0xc000_0083, 0xc000_0084 -> true; // STAR to SFMASK
      case 0xc000_0100, 0xc000_0101, 0xc000_0102 -> true; // FS, GS and kernel GS base
      default -> false;
    };
  }

  /** Refuses values that the register cannot hold. What depends on a mode is the engine's. */
  public static void checkWrite(int index, long value) throws GeneralProtection {
    boolean refused =
        switch (index) {
          case EFER -> (value & ~EFER_SCE_LME_LMA_NXE) != 0;
          case 0x175, 0x176, 0xc000_0082, 0xc000_0083, 0xc000_0100, 0xc000_0101, 0xc000_0102 ->
              value << 16 >> 16 != value;
          default -> false;
        };
    if (refused) {
      throw new GeneralProtection(
          "MSR 0x" + Integer.toHexString(index) + " cannot hold 0x" + Long.toHexString(value));
    }
  }
}
