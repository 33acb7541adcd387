package ringside.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The image reader against well-formed files of every accepted kind, and against damage. */
class ElfReaderTest {
  private static final int EM_386 = 3;
  private static final int EM_X86_64 = 62;

  /** A file with one PT_LOAD at 1 MiB and a PHYS32_ENTRY note, in a segment or in a section. */
  static byte[] elf(boolean wide, int machine, boolean noteInSection) {
    ByteBuffer file = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    int headers = wide ? 64 : 52;
    int headerSize = wide ? 56 : 32;
    int sectionSize = wide ? 64 : 40;
    file.putInt(0, 0x464c457f).put(4, (byte) (wide ? 2 : 1)).put(5, (byte) 1).put(6, (byte) 1);
    file.putShort(16, (short) 2).putShort(18, (short) machine);
    if (wide) {
      file.putLong(32, headers).putLong(40, noteInSection ? 512 : 0);
    } else {
      file.putInt(28, headers).putInt(32, noteInSection ? 512 : 0);
    }
    file.putShort(wide ? 54 : 42, (short) headerSize);
    file.putShort(wide ? 56 : 44, (short) (noteInSection ? 1 : 2));
    file.putShort(wide ? 58 : 46, (short) sectionSize);
    file.putShort(wide ? 60 : 48, (short) (noteInSection ? 1 : 0));
    segment(file, headers, wide, 1, 256, 0x10_0000, 64, 128);
    segment(file, headers + headerSize, wide, 4, 384, 0, 20, 0);
    file.putInt(384, 4).putInt(388, 4).putInt(392, 18).putInt(396, 0x006e6558);
    file.putInt(400, 0x10_0010);
    if (noteInSection) {
      file.putInt(headers + headerSize, 0);
      file.putInt(512 + 4, 7);
      if (wide) {
        file.putLong(512 + 24, 384).putLong(512 + 32, 20);
      } else {
        file.putInt(512 + 16, 384).putInt(512 + 20, 20);
      }
    }
    return file.array();
  }

  private static void segment(
      ByteBuffer file, int at, boolean wide, int type, int offset, int address, int size, int mem) {
    file.putInt(at, type);
    if (wide) {
      file.putInt(at + 4, 5).putLong(at + 8, offset).putLong(at + 16, address);
      file.putLong(at + 24, address).putLong(at + 32, size).putLong(at + 40, mem);
    } else {
      file.putInt(at + 4, offset).putInt(at + 8, address).putInt(at + 12, address);
      file.putInt(at + 16, size).putInt(at + 20, mem).putInt(at + 24, 5);
    }
  }

  @Test
  void everyClassAndMachineThatPvhGuestsComeInIsRead() throws ImageException {
    for (boolean inSection : new boolean[] {false, true}) {
      for (byte[] file :
          new byte[][] {
            elf(true, EM_X86_64, inSection),
            elf(false, EM_386, inSection),
            elf(false, EM_X86_64, inSection)
          }) {
        ElfImage image = ElfReader.read("x.elf", file);
        assertEquals(Optional.of(0x10_0010L), image.pvhEntry());
        assertEquals(1, image.segments().size());
        assertEquals(0x10_0000, image.segments().getFirst().physical());
        assertEquals(128, image.segments().getFirst().memorySize());
        assertEquals(64, image.segments().getFirst().data().length);
      }
    }
  }

  @Test
  void whatIsNoX86ElfIsRefusedByName() {
    String no =
        assertThrows(ImageException.class, () -> ElfReader.read("a", new byte[100])).getMessage();
    assertTrue(no.startsWith("a: not an ELF file"), no);
    byte[] arm = elf(true, 183, false);
    String machine =
        assertThrows(ImageException.class, () -> ElfReader.read("b", arm)).getMessage();
    assertTrue(machine.contains("e_machine 183"), machine);
  }

  @Test
  void aFileCutOffAnywhereIsReadOrRefusedWithItsName() {
    byte[] whole = elf(true, EM_X86_64, false);
    for (int length = 0; length < whole.length; length++) {
      readOrRefuse(Arrays.copyOf(whole, length));
    }
  }

  @Property(tries = 2000)
  void aDamagedFileIsReadOrRefused(
      @ForAll boolean wide,
      @ForAll boolean inSection,
      @ForAll @IntRange(max = 1023) int at,
      @ForAll byte value,
      @ForAll @IntRange(max = 600) int at2,
      @ForAll byte value2) {
    byte[] file = elf(wide, EM_X86_64, inSection);
    file[at] = value;
    file[at2] = value2;
    readOrRefuse(file);
  }

  private static void readOrRefuse(byte[] file) {
    try {
      ElfReader.read("x.elf", file);
    } catch (ImageException e) {
      assertTrue(e.getMessage().startsWith("x.elf: "), e.getMessage());
    }
  }
}
