package ringside.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.cpu.x86.CodeMode;

/** Lengths and texts of our decoder against those of libcapstone, which is skipped where absent. */
class DecoderAgainstCapstoneTest {
  private static final int RANDOM_ENCODINGS = 100_000;
  private static final int INSTRUCTIONS_OF_A_BINARY = 50_000;
  private static final int LONGEST = 15;
  private static final long ADDRESS = 0x1000;
  private static final int SHOWN = 10;

  private Capstone capstone;

  @BeforeEach
  void wantsCapstone() {
    assumeTrue(Capstone.find().isPresent(), "no libcapstone: " + Capstone.HOW_TO_GET);
    capstone = Capstone.find().orElseThrow();
    String version = capstone.version();
    assumeTrue(version.startsWith("libcapstone 5."), version + ": version 5 is compared with");
  }

  @ParameterizedTest
  @EnumSource(CodeMode.class)
  void randomEncodings(CodeMode mode) {
    Random random = new Random(5 + mode.ordinal());
    List<String> wrong = new ArrayList<>();
    int understood = 0;
    try (Capstone.Session session = capstone.session(8 * mode.addressSize())) {
      for (int n = 0; n < RANDOM_ENCODINGS; n++) {
        byte[] code = encoding(random, mode);
        CapstoneComparison c = new CapstoneComparison(session, code, ADDRESS, mode);
        understood += c.weRefuse() ? 0 : 1;
        note(c, code, wrong);
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(understood > RANDOM_ENCODINGS / 2, "only " + understood + " were instructions");
  }

  /** Random bytes, many with prefixes, REX and the two-byte maps. */
  private static byte[] encoding(Random random, CodeMode mode) {
    byte[] code = new byte[LONGEST + 1];
    random.nextBytes(code);
    int kind = random.nextInt(8);
    int at = 0;
    if (kind == 1) {
      code[at++] = (byte) new int[] {0x66, 0xf2, 0xf3}[random.nextInt(3)];
    }
    if (kind == 2 && mode == CodeMode.BITS64) {
      code[at++] = (byte) (0x48 + random.nextInt(8));
    }
    if (kind < 3) {
      code[at++] = 0x0f;
      if (random.nextInt(4) == 0) {
        code[at] = (byte) (random.nextBoolean() ? 0x38 : 0x3a);
      }
    }
    return code;
  }

  private static void note(CapstoneComparison c, byte[] code, List<String> wrong) {
    if (wrong.size() < SHOWN && !c.same() && CapstoneDifferences.reason(c).isEmpty()) {
      wrong.add(HexFormat.of().formatHex(code) + ": " + c.ourText + " | " + c.theirText);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/lib/x86_64-linux-gnu/libc.so.6", "/bin/busybox", "/bin/bash", "libjvm.so"})
  void codeOfThisMachine(String name) throws IOException {
    Path file =
        name.equals("libjvm.so")
            ? Path.of(System.getProperty("java.home"), "lib", "server", name)
            : Path.of(name);
    assumeTrue(Files.isReadable(file), file + " is not here");
    byte[] text = text(Files.readAllBytes(file));
    assumeTrue(text.length > 0, file + " has no x86-64 code");
    List<String> wrong = new ArrayList<>();
    int at = 0;
    try (Capstone.Session session = capstone.session(64)) {
      for (int n = 0; n < INSTRUCTIONS_OF_A_BINARY && at + LONGEST < text.length; n++) {
        byte[] code = Arrays.copyOfRange(text, at, at + LONGEST);
        CapstoneComparison c = new CapstoneComparison(session, code, ADDRESS, CodeMode.BITS64);
        note(c, code, wrong);
        at += c.theyRefuse() ? c.weRefuse() ? 1 : c.ours.length : c.theirLength;
      }
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void aDifferenceWouldBeSeen() {
    try (Capstone.Session session = capstone.session(32)) {
      byte[] code = HexFormat.of().parseHex("4889c300000000000000000000000000");
      CapstoneComparison c = new CapstoneComparison(session, code, ADDRESS, CodeMode.BITS64);
      assertTrue(!c.same() && CapstoneDifferences.reason(c).isEmpty());
    }
  }

  /** Section .text of an x86-64 ELF file; empty for others. */
  private static byte[] text(byte[] file) {
    ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (elf.getInt(0) != 0x464c457f || elf.getShort(18) != 62) {
      return new byte[0];
    }
    int headers = (int) elf.getLong(40);
    int size = elf.getShort(58);
    int names = (int) elf.getLong(headers + elf.getShort(62) * size + 24);
    for (int n = 0; n < elf.getShort(60); n++) {
      int header = headers + n * size;
      int name = names + elf.getInt(header);
      if (new String(file, name, 6, StandardCharsets.US_ASCII).equals(".text\0")) {
        int offset = (int) elf.getLong(header + 24);
        return Arrays.copyOfRange(file, offset, offset + (int) elf.getLong(header + 32));
      }
    }
    return new byte[0];
  }
}
