package ringside.cpu.unicorn;

import ringside.cpu.Register;
import ringside.cpu.SegmentRegister;

/**
 * Addresses of memory operands with the registers of a saved state.
 *
 * <p>Does not know 16-bit addressing.
 */
final class OperandAddress {
  private static final Register[] GENERAL = Register.values();
  private static final int RSP = 4;
  private static final int RBP = 5;

  private final SavedState state;
  private final boolean longMode;

  OperandAddress(SavedState state) {
    this.state = state;
    this.longMode = state.longMode();
  }

  /** True when the ModRM operand is in the stack segment: its base is RSP or RBP. */
  static boolean onStack(DecodedInstruction instruction) {
    int mode = instruction.modrm() >> 6;
    int base = (instruction.sib() >= 0 ? instruction.sib() : instruction.modrm()) & 7;
    boolean withBase = mode != 0 || base != RBP;
    return instruction.memoryOperand()
        && instruction.segmentPrefix() == 0
        && withBase
        && (instruction.rex() & 1) == 0
        && (base == RSP && instruction.sib() >= 0 || base == RBP);
  }

  /** Linear address of the ModRM operand (Intel SDM volume 2, tables 2-2 and 2-3). */
  long address(DecodedInstruction instruction, long next) {
    int mode = instruction.modrm() >> 6;
    int rm = instruction.modrm() & 7;
    int rex = instruction.rex();
    long address = instruction.displacement();
    int base = instruction.sib() >= 0 ? instruction.sib() & 7 : rm;
    boolean withBase = mode != 0 || base != 5;
    if (withBase) {
      address += state.get(GENERAL[base | (rex & 1) << 3]);
    } else if (longMode && instruction.sib() < 0) {
      address += next;
    }
    if (instruction.sib() >= 0) {
      int index = instruction.sib() >> 3 & 7 | (rex & 2) << 2;
      if (index != 4) {
        address += state.get(GENERAL[index]) << (instruction.sib() >> 6);
      }
    }
    SegmentRegister usual = onStack(instruction) ? SegmentRegister.SS : SegmentRegister.DS;
    return linear(usual, instruction.segmentPrefix(), address);
  }

  /** With the segment that the prefix, or else the usual rule, names. */
  long linear(SegmentRegister usual, int prefix, long offset) {
    SegmentRegister segment =
        switch (prefix) {
          case 0x26 -> SegmentRegister.ES;
          case 0x2e -> SegmentRegister.CS;
          case 0x36 -> SegmentRegister.SS;
          case 0x3e -> SegmentRegister.DS;
          case 0x64 -> SegmentRegister.FS;
          case 0x65 -> SegmentRegister.GS;
          default -> usual;
        };
    if (longMode) {
      boolean based = segment == SegmentRegister.FS || segment == SegmentRegister.GS;
      return based ? state.segment(segment).base() + offset : offset;
    }
    return state.segment(segment).base() + offset & 0xffff_ffffL;
  }
}
