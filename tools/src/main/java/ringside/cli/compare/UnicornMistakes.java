package ringside.cli.compare;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ringside.cpu.x86.Mnemonic;

/**
 * What libunicorn 2.1.1 does otherwise than processors: it is not asked about sequences with these
 * instructions. Each was found by a difference at which the processor of a computer agreed with our
 * engine.
 */
enum UnicornMistakes {
  ABSENT("no such instruction", Mnemonic.CRC32, Mnemonic.POPCNT),
  REX("does something else behind REX", Mnemonic.LAHF, Mnemonic.SAHF),
  LOCKED_FLAGS("wrong flags of LOCK NEG", Mnemonic.NEG),
  WIDE_EXCHANGES("wrong flags", Mnemonic.CMPXCHG8B, Mnemonic.CMPXCHG16B),
  SECOND_ENCODING("no F6 /1 and F7 /1", Mnemonic.TEST),
  NO_SOURCE("another upper half where the source is 0", Mnemonic.BSF, Mnemonic.BSR),
  DOUBLE_SHIFTS("wrong results in memory", Mnemonic.SHLD, Mnemonic.SHRD),
  HINTS("faults, or does not, at what is not mapped", Mnemonic.NOP, Mnemonic.CLFLUSH),
  UNDEFINED("another length, or none", Mnemonic.UD0, Mnemonic.UD1, Mnemonic.UD2),
  LOOPS("the flags behind it are lost", Mnemonic.LOOPE, Mnemonic.LOOPNE),
  ROTATES("wrong OF by 1; flags lost where the store faults", Mnemonic.RCL, Mnemonic.RCR),
  CONDITIONS("flags lost where the store faults", Mnemonic.SETCC),
  NARROW_EXTENSION("reads four bytes behind 66", Mnemonic.MOVSXD),
  BIT_STRINGS(
      "#GP in place of #SS where the bit's address is not canonical",
      Mnemonic.BT,
      Mnemonic.BTC,
      Mnemonic.BTR,
      Mnemonic.BTS),
  EXCHANGES("clears the upper half of RAX where it was equal", Mnemonic.CMPXCHG);

  private final String why;
  private final Set<Mnemonic> mnemonics;

  UnicornMistakes(String why, Mnemonic... mnemonics) {
    this.why = why;
    this.mnemonics = EnumSet.copyOf(Arrays.asList(mnemonics));
  }

  /** True for an instruction that sequences for libunicorn leave out. */
  static boolean in(Mnemonic mnemonic) {
    return Arrays.stream(values()).anyMatch(m -> m.mnemonics.contains(mnemonic));
  }

  /** A line for each, for reports. */
  static List<String> lines() {
    return Arrays.stream(values()).map(m -> m.mnemonics + ": " + m.why).toList();
  }
}
