package ringside.cpu.x86;

/**
 * One operand of a decoded instruction.
 *
 * <p>Implicit operands of some instructions: strings have memory operands without base and index
 * (the source at {@code segment}:rSI, the destination at ES:rDI), and the first operand always has
 * the size of an element (OUTS: memory, DX); XLAT has base RBX, to which AL is to be added; LEAVE,
 * PUSHA, CBW, MASKMOVQ and so on have only what is written.
 *
 * @param number of the register, by kind; 0 for memory and immediates
 * @param size bytes that are read or written: 1, 2, 4, 8, 10, 16, 28, 512 ...; 0 where only the
 *     address counts (LEA, INVLPG)
 */
public record Arg(Kind kind, int number, int size) {
  /** What an operand is. */
  public enum Kind {
    /** General register 0 to 15, low bytes. */
    GPR,
    /** AH, CH, DH, BH: number 0 to 3, bits 15:8 of that register. */
    HIGH_BYTE,
    /** The memory operand of the instruction: segment, base, index, scale, displacement. */
    MEMORY,
    /** {@link Insn#imm}, sign- or zero-extended already as the instruction wants it. */
    IMMEDIATE,
    /** {@link Insn#imm2}: level of ENTER, second byte of EXTRQ-like forms. */
    IMMEDIATE2,
    /** The constant 1 of D0/D1 shifts. */
    ONE,
    /** Branch distance in {@link Insn#imm}, from the next instruction. */
    RELATIVE,
    /** Selector in {@link Insn#imm2}, offset in {@link Insn#imm}. */
    FAR,
    /** Segment register 0 to 5: ES CS SS DS FS GS. */
    SEGMENT,
    CONTROL,
    DEBUG,
    XMM,
    MMX,
    /** ST(number). */
    ST
  }

  public boolean memory() {
    return kind == Kind.MEMORY;
  }
}
