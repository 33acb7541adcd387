package ringside.cpu.unicorn;

import ringside.cpu.GuestException;
import ringside.cpu.Register;

/**
 * Where libunicorn raises another exception than the processor: INT1 as #UD instead of #DB, and a
 * non-canonical address in the stack segment as #GP instead of #SS.
 */
final class ExceptionRepair {
  private static final int INT1 = 0xf1;
  private static final int LEAVE = 0xc9;

  private ExceptionRepair() {}

  /**
   * @param code what stands at RIP
   */
  static GuestException repaired(GuestException raised, SavedState state, byte[] code) {
    DecodedInstruction instruction = DecodedInstruction.decode(code, 0, state.longMode());
    if (raised.vector() == GuestException.UD
        && instruction.map() == 0
        && instruction.opcode() == INT1) {
      return new GuestException(GuestException.DB, -1, raised.rip() + instruction.length(), 0);
    }
    if (raised.vector() == GuestException.GP
        && raised.errorCode() == 0
        && state.longMode()
        && nonCanonicalStack(instruction, state)) {
      return new GuestException(GuestException.SS, 0, raised.rip(), 0);
    }
    return raised;
  }

  private static boolean nonCanonicalStack(DecodedInstruction instruction, SavedState state) {
    long rsp = state.get(Register.RSP);
    if (StackUse.pushes(instruction)) {
      return !canonical(rsp - 8);
    }
    if (StackUse.pops(instruction)) {
      return !canonical(instruction.opcode() == LEAVE ? state.get(Register.RBP) : rsp);
    }
    return OperandAddress.onStack(instruction)
        && !canonical(new OperandAddress(state).address(instruction, 0));
  }

  private static boolean canonical(long address) {
    return address << 16 >> 16 == address;
  }
}
