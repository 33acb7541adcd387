package ringside.cli.image;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Decoder;
import ringside.cpu.x86.Form;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.InsnText;
import ringside.cpu.x86.Mnemonic;

/**
 * One instruction, decoded by us and by Capstone: lengths and texts, after both texts were brought
 * to one spelling.
 *
 * <p>Spelling is what {@link #spelling} says; where the two mean different things, {@link
 * CapstoneDifferences} must give a reason.
 */
final class CapstoneComparison {
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w(])-?(0x[0-9a-f]+|[0-9]+)\\b");
  private static final Pattern DISPLACEMENT = Pattern.compile("([+-]) (0x[0-9a-f]+|[0-9]+)]");

  private static final Pattern ABSOLUTE = Pattern.compile("\\[(-?(0x[0-9a-f]+|[0-9]+))]");

  private record Rule(Pattern pattern, String replacement) {
    Rule(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule("^((rep|repn?[ez]|lock|bnd|notrack|xacquire|xrelease|data16) )+", ""),
          new Rule("\\b((byte|word|dword|fword|qword|tbyte|xword|xmmword) )?ptr ", ""),
          new Rule("\\b[cdes]s:\\[", "["),
          new Rule("( \\+ )?[re]iz(\\*[1248])?", ""),
          new Rule("\\[ ?\\+ ", "["),
          new Rule("\\[ - ", "[-"),
          new Rule("^l(call|jmp)", "$1"),
          new Rule(" far ", " "),
          new Rule("^(call|jmp) (\\w+):0x", "$1 $2, 0x"),
          new Rule("^(call|jmp) (\\w+):", "$1 $2, "),
          new Rule("^((rc|ro|sh|sa)[lr] .*]), 1$", "$1"));

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("movabs", "mov"),
          Map.entry("sal", "shl"),
          Map.entry("xlatb", "xlat"),
          Map.entry("fcompi", "fcomip"),
          Map.entry("fucompi", "fucomip"),
          Map.entry("feni8087_nop", "fneni"),
          Map.entry("fdisi8087_nop", "fndisi"),
          Map.entry("fsetpm", "fnsetpm"),
          Map.entry("fstpnce", "fstp"),
          Map.entry("prefetcht0", "prefetch"),
          Map.entry("prefetcht1", "prefetch"),
          Map.entry("prefetcht2", "prefetch"),
          Map.entry("prefetchnta", "prefetch"),
          Map.entry("prefetchw", "prefetch"),
          Map.entry("prefetchwt1", "prefetch"),
          Map.entry("pushaw", "pusha"),
          Map.entry("pushal", "pushad"),
          Map.entry("popaw", "popa"),
          Map.entry("popal", "popad"));

  final Insn ours;
  final String ourText;
  final String theirText;
  final CodeMode mode;
  private final byte[] code;
  final int theirLength;

  CapstoneComparison(Capstone.Session session, byte[] code, long address, CodeMode mode) {
    this.mode = mode;
    this.code = code;
    ours = Decoder.decode(i -> i < code.length ? code[i] & 0xff : 0, mode);
    ourText = InsnText.of(ours, address);
    List<Capstone.Instruction> theirs = session.disassemble(code, address, 1);
    theirText = theirs.isEmpty() ? "(bad)" : theirs.getFirst().text();
    theirLength = theirs.isEmpty() ? 0 : theirs.getFirst().bytes().length;
  }

  boolean weRefuse() {
    return ours.form == Form.UNDEFINED || ours.form == Form.TOO_LONG;
  }

  boolean theyRefuse() {
    return theirLength == 0;
  }

  boolean lengthsDiffer() {
    return theirLength != ours.length;
  }

  /** Whether this byte stands among the first, where the prefixes are. */
  boolean has(int prefix) {
    for (int i = 0; i < 4; i++) {
      if ((code[i] & 0xff) == prefix) {
        return true;
      }
    }
    return false;
  }

  /** 66, F2 or F3 in front of 0F, where no row of the table has it. */
  boolean unnamedPrefix() {
    return (has(0x66) || has(0xf2) || has(0xf3)) && has(0x0f);
  }

  String theirName() {
    return theirText.split(" ")[0];
  }

  boolean same() {
    if (weRefuse() || theyRefuse()) {
      return weRefuse() && theyRefuse();
    }
    return !lengthsDiffer()
        && (ourText.equals(theirText) || spelling(ourText).equals(spelling(theirText)));
  }

  /**
   * One spelling for both. Capstone leaves out the 1 of shifts of memory, ST(0), segments and the
   * index "none" or writes them; names selectors by wider registers than are read; and writes
   * prefixes where they do nothing.
   */
  String spelling(String text) {
    String t = text;
    for (Rule rule : RULES) {
      t = rule.pattern.matcher(t).replaceAll(rule.replacement);
    }
    int space = t.indexOf(' ');
    String name = space < 0 ? t : t.substring(0, space);
    t = NAMES.getOrDefault(name, name) + (space < 0 ? "" : t.substring(space));
    if (t.startsWith("f")) {
      t = t.replace("st(0), ", "").replace(", st(0)", "");
    } else if (t.startsWith("xlat")) {
      t = "xlat";
    }
    return numbers(displacement(selector(t)));
  }

  /** What reads 16 bits of a register. */
  private String selector(String text) {
    boolean last =
        switch (ours.mnemonic) {
          case LAR, LSL -> true;
          case MOV -> ours.a.kind() == Arg.Kind.SEGMENT;
          default -> false;
        };
    return last && !text.endsWith("]")
        ? text.replaceAll(", [re]?([a-z]{2}|r?\\d+)[wd]?$", ", $1")
            .replaceAll(", r?(\\d+)$", ", r$1")
        : text;
  }

  private String displacement(String text) {
    Matcher m = DISPLACEMENT.matcher(text);
    if (!m.find()) {
      return absolute(text);
    }
    long value = Long.decode(m.group(2)) * (m.group(1).equals("-") ? -1 : 1);
    String canonical =
        value == 0 ? "" : "+ 0x" + Long.toHexString(masked(value, ours.addressSize)) + "]";
    return text.substring(0, m.start()) + canonical + text.substring(m.end());
  }

  /** An address without registers. */
  private String absolute(String text) {
    Matcher m = ABSOLUTE.matcher(text);
    return m.find()
        ? text.substring(0, m.start())
            + "[+ 0x"
            + Long.toHexString(masked(value(m.group(1)), ours.addressSize))
            + "]"
            + text.substring(m.end())
        : text;
  }

  private static long value(String digits) {
    boolean negative = digits.startsWith("-");
    String plain = negative ? digits.substring(1) : digits;
    long value =
        plain.startsWith("0x")
            ? Long.parseUnsignedLong(plain.substring(2), 16)
            : Long.parseLong(plain);
    return negative ? -value : value;
  }

  private String numbers(String text) {
    StringBuilder out = new StringBuilder();
    Matcher m = NUMBER.matcher(text);
    while (m.find()) {
      // A number inside of brackets has been brought to the size of an address already.
      boolean address = m.start() >= 2 && text.startsWith("+ ", m.start() - 2);
      int size = address ? 8 : immediateSize(text.substring(0, m.start()));
      m.appendReplacement(out, Long.toHexString(masked(value(m.group()), size)));
    }
    return m.appendTail(out).toString();
  }

  private int immediateSize(String before) {
    if (ours.mnemonic == Mnemonic.ENTER) {
      return before.contains(",") ? 1 : 2;
    }
    for (Arg arg : new Arg[] {ours.a, ours.b, ours.c}) {
      if (arg != null) {
        switch (arg.kind()) {
          case IMMEDIATE, FAR -> {
            return arg.size();
          }
          case RELATIVE -> {
            return mode == CodeMode.BITS16 ? 2 : arg.size();
          }
          default -> {}
        }
      }
    }
    return 8;
  }

  private static long masked(long value, int size) {
    return size >= 8 ? value : value & (1L << 8 * size) - 1;
  }

  /** Name of ours and theirs, for counting. */
  String kind() {
    String what = weRefuse() || theyRefuse() ? "BAD" : lengthsDiffer() ? "LEN" : "TXT";
    return mode + " " + what + " " + ourText.split(" ")[0] + " / " + theirName();
  }
}
