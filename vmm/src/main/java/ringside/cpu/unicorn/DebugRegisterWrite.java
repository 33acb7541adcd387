package ringside.cpu.unicorn;

import java.util.Optional;
import ringside.cpu.Cpu;
import ringside.cpu.Register;

/**
 * MOV to a debug register (Intel SDM volume 3, 17.2), taken out of libunicorn's hands: 2.1.1 ends
 * the process when a breakpoint is enabled. The register keeps the value, and no breakpoint is ever
 * met.
 *
 * @param legal false for #GP: the upper half of DR6 and DR7 is zero
 */
record DebugRegisterWrite(Register register, long value, boolean legal) {
  private static final Register[] REGISTERS = Register.values();
  private static final long CR4_DE = 8;
  private static final long DR7_ONES = 0x400;
  private static final long DR7_ZEROES = 0xd800;
  private static final long DR6_ONES = 0xffff_0ff0L;
  private static final long DR6_ZEROES = 0x1000;
  private static final int REX = 4;
  private static final int REX_R = 4;
  private static final int REX_B = 1;

  /**
   * What an instruction of privilege level 0 writes; empty where there is no such register, which
   * libunicorn knows.
   *
   * @param at where its opcode stands
   */
  static Optional<DebugRegisterWrite> of(byte[] code, int at, Cpu cpu) {
    boolean wide = cpu.longMode();
    int rex = wide && at > 0 && (code[at - 1] & 0xf0) >>> 4 == REX ? code[at - 1] : 0;
    int modrm = code[at + 2] & 0xff;
    int number = modrm >>> 3 & 7;
    boolean alias = number == 4 || number == 5;
    if ((rex & REX_R) != 0 || alias && (cpu.get(Register.CR4) & CR4_DE) != 0) {
      return Optional.empty();
    }
    long all = cpu.get(REGISTERS[modrm & 7 | (rex & REX_B) << 3]);
    long value = wide ? all : all & 0xffff_ffffL;
    boolean legal = number < 4 || value >>> 32 == 0;
    return Optional.of(
        switch (number) {
          case 4, 6 -> new DebugRegisterWrite(Register.DR6, value & ~DR6_ZEROES | DR6_ONES, legal);
          case 5, 7 -> new DebugRegisterWrite(Register.DR7, value & ~DR7_ZEROES | DR7_ONES, legal);
          default ->
              new DebugRegisterWrite(REGISTERS[Register.DR0.ordinal() + number], value, true);
        });
  }
}
