package ringside.cpu.lockstep;

import ringside.cpu.Cpu;
import ringside.cpu.GeneralProtection;
import ringside.cpu.Platform;

/** What a call came to: a value, or the #GP of an MSR. */
record Answer(Object value, GeneralProtection refused) {
  static Answer of(Call call, Platform board, Cpu cpu) {
    try {
      return new Answer(call.make(board, cpu), null);
    } catch (GeneralProtection e) {
      return new Answer(null, e);
    }
  }

  Object get() throws GeneralProtection {
    if (refused != null) {
      throw refused;
    }
    return value;
  }

  Answer half(boolean upper) {
    return value instanceof Long v ? new Answer(upper ? v >>> 32 : v & 0xffff_ffffL, null) : this;
  }
}
