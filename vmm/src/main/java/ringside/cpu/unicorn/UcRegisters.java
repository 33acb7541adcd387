package ringside.cpu.unicorn;

import ringside.cpu.Register;

/** Numbers of enum uc_x86_reg for the registers that uc_reg_read gives as one 64-bit value. */
final class UcRegisters {
  static final int RAX = 35;
  static final int R15 = 113;
  static final int CS = 11;
  static final int RIP = 41;
  static final int RFLAGS = 253;

  /** The others follow; 16 bytes each. */
  static final int XMM0 = 122;

  /** How many of them there are in 64-bit mode. */
  static final int VECTORS = 16;

  /** No such number: the register is read another way. */
  static final int NONE = -1;

  private static final int[] BY_ORDINAL = new int[Register.values().length];

  static {
    for (Register register : Register.values()) {
      BY_ORDINAL[register.ordinal()] =
          switch (register) {
            case RAX -> RAX;
            case RCX -> 38;
            case RDX -> 40;
            case RBX -> 37;
            case RSP -> 44;
            case RBP -> 36;
            case RSI -> 43;
            case RDI -> 39;
            case R8, R9, R10, R11, R12, R13, R14, R15 ->
                106 + register.ordinal() - Register.R8.ordinal();
            case RIP -> RIP;
            case RFLAGS -> RFLAGS;
            case CR0 -> 50;
            case CR2 -> 52;
            case CR3 -> 53;
            case CR4 -> 54;
            case FS_BASE -> 250;
            case GS_BASE -> 251;
            case DR0, DR1, DR2, DR3 -> 66 + register.ordinal() - Register.DR0.ordinal();
            case DR6 -> 72;
            case DR7 -> 73;
            case CR8, EFER, KERNEL_GS_BASE, GDTR_BASE, GDTR_LIMIT, IDTR_BASE, IDTR_LIMIT -> NONE;
          };
    }
  }

  private UcRegisters() {}

  static int number(Register register) {
    return BY_ORDINAL[register.ordinal()];
  }
}
