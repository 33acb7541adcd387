package ringside.cpu.x86;

import java.util.StringTokenizer;

/**
 * The opcode column of a {@link Form}, taken apart: which bytes select it.
 *
 * @param prefix mandatory: {@link #ANY}, {@link #NP}, {@link #P66}, {@link #PF3}, {@link #PF2}
 * @param map 0 one-byte opcodes, 1 those behind 0F, 2 behind 0F 38, 3 behind 0F 3A
 * @param count consecutive opcodes that the row covers: 1, 8 (+r) or 16 (+cc)
 * @param reg ModRM.reg that belongs to the opcode, -1 for any
 * @param modrm first whole ModRM byte, -1 for none
 * @param modrmCount consecutive ModRM bytes: 1, or 8 (+i)
 * @param hasModrm a ModRM byte follows
 */
public record Encoding(
    int prefix,
    boolean rexW,
    int map,
    int opcode,
    int count,
    int reg,
    int modrm,
    int modrmCount,
    boolean hasModrm) {
  public static final int ANY = -1;
  public static final int NP = 0;
  public static final int P66 = 1;
  public static final int PF3 = 2;
  public static final int PF2 = 3;

  /** Takes the opcode column of a row apart. */
  public static Encoding of(String text) {
    return new Parser(text).parse();
  }

  private static final class Parser {
    private final StringTokenizer words;
    private String word;

    Parser(String text) {
      words = new StringTokenizer(text, " ");
      next();
    }

    private void next() {
      word = words.hasMoreTokens() ? words.nextToken() : "";
    }

    private boolean take(String expected) {
      boolean same = word.equals(expected) && words.hasMoreTokens();
      if (same) {
        next();
      }
      return same;
    }

    Encoding parse() {
      int prefix = take("NP") ? NP : take("66") ? P66 : take("F3") ? PF3 : take("F2") ? PF2 : ANY;
      boolean rexW = take("REX.W");
      int map = take("0F") ? take("38") ? 2 : take("3A") ? 3 : 1 : 0;
      int opcode = Integer.parseInt(word.substring(0, 2), 16);
      int count = word.endsWith("+r") ? 8 : word.endsWith("+cc") ? 16 : 1;
      next();
      int reg = -1;
      int modrm = -1;
      int modrmCount = 1;
      boolean hasModrm = !word.isEmpty();
      if (hasModrm && !word.equals("/r")) {
        if (word.charAt(0) == '/') {
          reg = word.charAt(1) - '0';
        } else {
          modrm = Integer.parseInt(word.substring(0, 2), 16);
          modrmCount = word.endsWith("+i") ? 8 : 1;
        }
      }
      return new Encoding(prefix, rexW, map, opcode, count, reg, modrm, modrmCount, hasModrm);
    }
  }
}
