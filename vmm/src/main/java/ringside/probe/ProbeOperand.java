package ringside.probe;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.cpu.Register;

/**
 * Where an argument of a probe is when its nop is reached, as the assembler writes it (AT&T):
 * {@code 8@%rax}, {@code 4@$5}, {@code 4@-24(%rbp,%rcx,8)}, {@code 8@counter+8(%rip)}; before the
 * at-sign the argument's size in bytes.
 */
public sealed interface ProbeOperand {
  /** A constant. */
  record Immediate(long value) implements ProbeOperand {}

  /**
   * @param size 1, 2, 4 or 8 bytes
   */
  record InRegister(Register register, int size) implements ProbeOperand {}

  /**
   * At {@code displacement + base + index x scale}.
   *
   * @param base null for none
   * @param index null for none
   * @param size 1, 2, 4 or 8 bytes
   */
  record InMemory(long displacement, Register base, Register index, int scale, int size)
      implements ProbeOperand {}

  /** Bits of a value of so many bytes. */
  static long mask(int size) {
    return size == 8 ? -1 : (1L << 8 * size) - 1;
  }

  /**
   * @param symbols address of a symbol, if there is exactly one of that name
   * @throws IllegalArgumentException with a sentence for people
   */
  static ProbeOperand parse(String text, Function<String, OptionalLong> symbols) {
    Matcher sized = Syntax.SIZED.matcher(text);
    if (!sized.matches()) {
      throw new IllegalArgumentException("operand \"" + text + "\" has no size of 1, 2, 4 or 8");
    }
    int size = Integer.parseInt(sized.group(1));
    String operand = sized.group(2);
    Matcher immediate = Syntax.IMMEDIATE.matcher(operand);
    if (immediate.matches()) {
      return new Immediate(Syntax.number(immediate.group(1)) & mask(size));
    }
    if (operand.startsWith("%")) {
      return new InRegister(Syntax.register(operand), size);
    }
    Matcher memory = Syntax.MEMORY.matcher(operand);
    if (!memory.matches()) {
      throw new IllegalArgumentException("operand \"" + text + "\" is of no known form");
    }
    long displacement = memory.group(2) == null ? 0 : Syntax.number(memory.group(2));
    if (memory.group(1) != null) {
      displacement +=
          symbols
              .apply(memory.group(1))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "operand \"" + text + "\": no symbol, or several, of that name"));
    }
    String base = memory.group(3);
    boolean absolute = base == null || base.equals("%rip");
    Register index = memory.group(4) == null ? null : Syntax.register(memory.group(4));
    int scale = memory.group(5) == null ? 1 : Integer.parseInt(memory.group(5));
    return new InMemory(displacement, absolute ? null : Syntax.register(base), index, scale, size);
  }

  /** The forms, and their parts. */
  final class Syntax {
    private static final Pattern SIZED = Pattern.compile("([1248])@(\\S+)");
    private static final Pattern IMMEDIATE = Pattern.compile("\\$(-?\\d{1,20})");
    private static final Pattern MEMORY =
        Pattern.compile(
            "([A-Za-z_.$][\\w.$]*)?([+-]?\\d{1,19})?"
                + "(?:\\((%\\w+)?(?:,(%\\w+)(?:,([1248]))?)?\\))?");

    private Syntax() {}

    /** Wraps at 64 bits: compilers write large unsigned numbers either way. */
    private static long number(String decimal) {
      try {
        return decimal.startsWith("-") || decimal.startsWith("+")
            ? Long.parseLong(decimal)
            : Long.parseUnsignedLong(decimal);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("the number " + decimal + " has more than 64 bits", e);
      }
    }

    private static Register register(String text) {
      for (Register register : Register.values()) {
        if (register.ordinal() <= Register.R15.ordinal()
            && text.equals("%" + register.name().toLowerCase(Locale.ROOT))) {
          return register;
        }
      }
      throw new IllegalArgumentException("\"" + text + "\" is no 64-bit general register");
    }
  }
}
