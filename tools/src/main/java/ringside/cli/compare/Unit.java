package ringside.cli.compare;

import ringside.cpu.x86.Form;

/**
 * One instruction under test with what it needs: loads of its address registers before it, and
 * after it what makes undefined flags known. Can be left out of a sequence.
 *
 * @param form null for a reload of a register
 * @param patch what is filled in when the unit has an address
 * @param patchAt where in the code
 * @param end of the instruction whose operand is patched
 * @param skip for branches: how many units they leave out
 * @param target for RIP-relative operands: their address
 */
record Unit(Form form, byte[] code, Patch patch, int patchAt, int end, int skip, long target) {
  /** What has to be known about addresses. */
  enum Patch {
    NONE,
    BRANCH8,
    BRANCH32,
    BRANCH64,
    RIP
  }
}
