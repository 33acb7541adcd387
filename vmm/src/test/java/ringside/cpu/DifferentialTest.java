package ringside.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.cpu.jvm.JvmEngine;
import ringside.cpu.unicorn.UnicornEngine;
import ringside.cpu.unicorn.UnicornUnavailable;
import ringside.cpu.x86.CodeMode;
import ringside.cpu.x86.Decoder;
import ringside.cpu.x86.Form;
import ringside.cpu.x86.InstructionTable;
import ringside.cpu.x86.Mnemonic;

/**
 * The integer rows of the instruction table, with random operands, on our own engine and on
 * Unicorn: same registers, flags that are defined, memory and exceptions. What an exception pushes
 * is left out: Unicorn forgets RF there.
 */
class DifferentialTest {
  private static final int TRIES = 6;
  private static final long AREA = TestGuest.DATA + 0x800;
  private static final int ARITHMETIC = 0x8d5;

  /** Far transfers; what leads out of the program; what Unicorn does not have or gets wrong. */
  private static final Set<Mnemonic> OTHERS =
      EnumSet.of(
          Mnemonic.CALLF,
          Mnemonic.JMPF,
          Mnemonic.RETF,
          Mnemonic.IRET,
          Mnemonic.INT,
          Mnemonic.INT3,
          Mnemonic.INTO,
          Mnemonic.INT1,
          Mnemonic.RET,
          Mnemonic.POPF, // random TF
          Mnemonic.NOP, // reserved ones are #UD there
          Mnemonic.CRC32,
          Mnemonic.POPCNT,
          Mnemonic.ENTER, // does not look at the page that the stack pointer comes to
          Mnemonic.LAHF, // takes REX for one of the register AH
          Mnemonic.SAHF);

  /** The same board twice. */
  private record Pair(Board ours, Board theirs) implements AutoCloseable {
    @Override
    public void close() {
      ours.guest.close();
      theirs.guest.close();
    }
  }

  private record Board(TestGuest guest, Cpu cpu) {}

  private static Engine unicorn() {
    try {
      return new UnicornEngine();
    } catch (UnicornUnavailable e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  private static Board board(Engine engine, CodeMode mode) {
    TestGuest guest = new TestGuest(engine);
    byte[] halt = {(byte) 0xf4};
    return new Board(guest, mode == CodeMode.BITS64 ? guest.start64(halt) : guest.start32(halt));
  }

  private static boolean ours(Form form, CodeMode mode) {
    return form.mnemonic().ordinal() <= Mnemonic.SCAS.ordinal()
        && !OTHERS.contains(form.mnemonic())
        && !(form.operands() + ",").matches("(.*,)?(Sw|ES|CS|SS|DS|FS|GS),.*")
        && form.validIn(mode)
        && !form.opcode().matches("F[67] /1|FF /[24]"); // TEST's other code, indirect branches
  }

  @ParameterizedTest
  @EnumSource(names = {"BITS32", "BITS64"})
  void integerInstructionsDoWhatTheyDoInUnicorn(CodeMode mode) {
    StringJoiner differences = new StringJoiner("\n");
    try (Engine theirs = unicorn();
        Engine ours = new JvmEngine();
        Pair pair = new Pair(board(ours, mode), board(theirs, mode))) {
      List<Form> forms = InstructionTable.forms();
      for (int n = 0; n < forms.size(); n++) {
        if (ours(forms.get(n), mode)) {
          for (int k = 0; k < TRIES; k++) {
            String difference = tried(pair, forms.get(n), mode, new Random(1000L * n + k));
            if (difference != null) {
              differences.add(difference);
              break;
            }
          }
        }
      }
    }
    assertEquals("", differences.toString());
  }

  private static String tried(Pair pair, Form form, CodeMode mode, Random random) {
    byte[] code = assemble(form, mode, random);
    long[] general = new long[mode == CodeMode.BITS64 ? 16 : 8];
    for (int n = 0; n < general.length; n++) {
      general[n] = value(random, mode);
    }
    general[3] = AREA + random.nextInt(64);
    general[4] = TestGuest.KERNEL_STACK - 8 * random.nextInt(16);
    general[5] = TestGuest.KERNEL_STACK - 0x100 + 8 * random.nextInt(16);
    general[6] = AREA + random.nextInt(64);
    general[7] = AREA + random.nextInt(64);
    if (form.toString().contains("X") || form.toString().contains("Y")) {
      general[1] = random.nextInt(40);
    }
    long flags = 2 | random.nextInt() & (ARITHMETIC | 0x400);
    byte[] data = new byte[0x1000];
    random.nextBytes(data);
    byte[] stack = new byte[0x400];
    random.nextBytes(stack);
    String[] results = new String[2];
    int mask = ~undefined(form);
    for (int side = 0; side < 2; side++) {
      results[side] =
          run(side == 0 ? pair.ours : pair.theirs, code, general, flags, data, stack, mask);
    }
    return results[0].equals(results[1])
        ? null
        : mode
            + " "
            + form
            + " "
            + HexFormat.of().formatHex(code)
            + "\n  flags "
            + Long.toHexString(flags)
            + " from "
            + registers(general)
            + "\n  ours    "
            + results[0]
            + "\n  unicorn "
            + results[1];
  }

  private static int undefined(Form form) {
    int mask = 0;
    for (char letter : form.undefinedFlags().toCharArray()) {
      mask |=
          switch (letter) {
            case 'o' -> 0x800;
            case 's' -> 0x80;
            case 'z' -> 0x40;
            case 'a' -> 0x10;
            case 'p' -> 4;
            default -> 1;
          };
    }
    return mask;
  }

  private static long value(Random random, CodeMode mode) {
    long value =
        switch (random.nextInt(6)) {
          case 0 -> random.nextInt(70);
          case 1 -> -random.nextInt(5);
          case 2 -> 1L << random.nextInt(64);
          case 3 -> (1L << random.nextInt(64)) - 1;
          default -> random.nextLong();
        };
    return mode == CodeMode.BITS64 ? value : value & 0xffff_ffffL;
  }

  /** Bytes of the form, ModRM with a register or with memory at RBX, RSI or RDI. */
  private static byte[] assemble(Form form, CodeMode mode, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean needsMemory = form.operands().matches("(.*,)?M.*");
    boolean memory = needsMemory || random.nextBoolean();
    boolean hasModrm = form.opcode().contains("/");
    boolean lockable = form.lockable() && form.mnemonic() != Mnemonic.NEG; // its SF and PF there
    if (lockable && hasModrm && memory && random.nextInt(3) == 0) {
      out.write(0xf0);
    } else if (form.mnemonic().compareTo(Mnemonic.MOVS) >= 0) {
      int[] repeats = {0x3e, 0xf2, 0xf3};
      out.write(repeats[random.nextInt(3)]);
    }
    if (random.nextInt(3) == 0 && !form.opcode().startsWith("NP") && !nearBranch(form)) {
      out.write(0x66);
    }
    StringBuilder opcode = new StringBuilder(form.opcode());
    for (String prefix : new String[] {"66", "F3", "F2"}) {
      if (opcode.indexOf(prefix + " ") == 0) {
        out.write(Integer.parseInt(prefix, 16));
        opcode.delete(0, 3);
      }
    }
    int rex = random.nextInt(16) & ~(memory ? 1 : 0) | 0x40;
    rex &= opcode.indexOf("C") == 0 ? ~4 : ~0; // REX.R makes C6 and C7 undefined there
    boolean wide = opcode.indexOf("REX.W ") == 0;
    if (wide) {
      opcode.delete(0, 6);
      rex |= 8;
    }
    if (mode == CodeMode.BITS64 && (wide || random.nextBoolean())) {
      out.write(rex);
    }
    boolean near = opcode.indexOf("NP ") == 0;
    for (String word : (near ? opcode.substring(3) : opcode.toString()).split(" ")) {
      if (word.startsWith("/")) {
        modrm(out, word, memory, random);
      } else {
        int plus = word.indexOf('+');
        int value = Integer.parseInt(plus < 0 ? word : word.substring(0, plus), 16);
        out.write(plus < 0 ? value : value + random.nextInt(word.endsWith("cc") ? 16 : 8));
      }
    }
    immediates(out, form.operands().startsWith("J"), random);
    byte[] code = out.toByteArray();
    return Arrays.copyOf(code, Decoder.decode(at -> code[at] & 0xff, mode).length);
  }

  private static boolean nearBranch(Form form) {
    return form.operands().startsWith("J") || form.mnemonic() == Mnemonic.RET;
  }

  private static void modrm(ByteArrayOutputStream out, String reg, boolean memory, Random random) {
    int field = reg.equals("/r") ? random.nextInt(8) : reg.charAt(1) - '0';
    int[] bases = {3, 6, 7};
    if (!memory) {
      out.write(0xc0 | field << 3 | random.nextInt(8));
    } else if (random.nextBoolean()) {
      out.write(field << 3 | bases[random.nextInt(3)]);
    } else {
      out.write(0x40 | field << 3 | bases[random.nextInt(3)]);
      out.write(random.nextInt(256));
    }
  }

  /** Random, or small; of branches small, so that they stay in the program. */
  private static void immediates(ByteArrayOutputStream out, boolean branch, Random random) {
    byte[] bytes = new byte[8];
    if (!branch && random.nextBoolean()) {
      random.nextBytes(bytes);
    } else {
      bytes[0] = (byte) random.nextInt(128);
    }
    out.writeBytes(bytes);
  }

  private static String run(
      Board board, byte[] code, long[] general, long flags, byte[] data, byte[] stack, int mask) {
    TestGuest guest = board.guest;
    Cpu cpu = board.cpu;
    byte[] program = new byte[0x400];
    Arrays.fill(program, (byte) 0xf4);
    System.arraycopy(code, 0, program, 0x200, code.length);
    guest.bytes(TestGuest.PROGRAM, program);
    guest.bytes(TestGuest.DATA, new byte[0x2000]);
    guest.bytes(TestGuest.DATA, data);
    guest.bytes(TestGuest.KERNEL_STACK - 0x200, stack);
    cpu.flush();
    Register[] registers = Register.values();
    for (int n = 0; n < general.length; n++) {
      cpu.set(registers[n], general[n]);
    }
    cpu.set(Register.RIP, TestGuest.PROGRAM + 0x200);
    cpu.set(Register.RFLAGS, flags);
    cpu.set(Register.CR2, 0);
    Exit exit = cpu.run(1_000_000);
    boolean faulted = cpu.get(Register.RIP) < TestGuest.KERNEL_STACK;
    long[] after = new long[general.length];
    for (int n = 0; n < after.length; n++) {
      after[n] = cpu.get(registers[n]);
    }
    return exit
        + " rip "
        + Long.toHexString(cpu.get(Register.RIP))
        + " cr2 "
        + Long.toHexString(cpu.get(Register.CR2))
        + " flags "
        + Long.toHexString(cpu.get(Register.RFLAGS) & mask)
        + " "
        + registers(after)
        + memory(guest, TestGuest.DATA, 0x2000)
        + (faulted ? "" : memory(guest, TestGuest.KERNEL_STACK - 0x400, 0x600));
  }

  private static String registers(long[] general) {
    StringJoiner joined = new StringJoiner(" ");
    for (long value : general) {
      joined.add(Long.toHexString(value));
    }
    return joined.toString();
  }

  /** A sum that differs where any byte does. */
  private static String memory(TestGuest guest, long at, int length) {
    long sum = 0;
    for (int k = 0; k < length; k += 8) {
      sum = sum * 0x100000001b3L + guest.u64(at + k);
    }
    return " " + Long.toHexString(sum);
  }
}
