package ringside.cpu.lockstep;

import java.util.Optional;
import ringside.cpu.GuestException;
import ringside.cpu.HypercallStub;
import ringside.cpu.lockstep.Call.Kind;

/**
 * What libunicorn is known to do otherwise than a processor does when the board is called, so that
 * it is no error of ours. What differs in registers is listed in {@link Registers}.
 */
enum Known {
  /** Ours takes only the stubs' own form, with the port in the instruction. */
  PORT_IN_DX("takes OUT of EAX to port 0xe7 for a call of the hypervisor in all its forms"),

  /** Ones are a present entry with reserved bits (Intel SDM volume 3, 4.7). */
  HOLE_WALKED("reads page tables in a hole as zeros, where processors read ones"),

  /** It goes on behind the instruction, and does not come to what the handler does. */
  NO_XM("raises no #XM"),

  /** Its block goes on behind the call as it was translated before. */
  CODE_GONE("does not see that a call of the hypervisor gave the page of the code away");

  private static final int PRESENT_AND_RESERVED = 1 | 8;

  private final String what;

  Known(String what) {
    this.what = what;
  }

  /** What libunicorn does, as the end of a sentence about it. */
  String what() {
    return what;
  }

  /** Why these two, which are not equal, are one call nevertheless. */
  static Optional<Known> between(Call leader, Call follower) {
    if (outByRegister(leader, follower)) {
      return Optional.of(PORT_IN_DX);
    }
    return leader.equals(follower.withError(PRESENT_AND_RESERVED))
        ? Optional.of(HOLE_WALKED)
        : Optional.empty();
  }

  /**
   * Why the follower, which is behind, can never come to a call of the leader's.
   *
   * @param codeGone no instruction can be read where the hypervisor has returned to
   */
  static Optional<Known> before(Call leader, boolean codeGone) {
    if (leader.raises(GuestException.XM)) {
      return Optional.of(NO_XM);
    }
    boolean raised = leader.raises(GuestException.UD) || leader.raises(GuestException.PF);
    return codeGone && raised ? Optional.of(CODE_GONE) : Optional.empty();
  }

  private static boolean outByRegister(Call leader, Call follower) {
    return leader.kind() == Kind.PORT_WRITE
        && leader.first() == HypercallStub.PORT
        && leader.second() == 4
        && follower.kind() == Kind.HYPERCALL
        && (int) leader.third() == (int) follower.first();
  }
}
