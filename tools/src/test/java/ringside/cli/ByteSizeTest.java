package ringside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sizes, read and written. */
class ByteSizeTest {
  @Test
  void sizesAreNumbersWithOrWithoutAUnit() {
    Map<String, Long> sizes =
        Map.of(
            "0", 0L,
            "512", 512L,
            "4K", 4096L,
            " 64M ", 64L << 20,
            "2 G", 2L << 30,
            "1T", 1L << 40,
            "3MiB", 3L << 20,
            "3MB", 3L << 20,
            "1024T", 1L << 50);
    sizes.forEach((text, bytes) -> assertEquals(bytes, ByteSize.parse(text), text));
  }

  @Test
  void whatIsNoSizeIsRefusedAndNamed() {
    for (String text :
        List.of("", "M", "-1", "1.5G", "64X", "64MM", "0x10", "1_000", "12345678901234567")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text), text);
      assertEquals("\"" + text + "\" is no size like 4096, 64K, 256M, 2G", e.getMessage());
    }
  }

  @Test
  void aPetabyteIsTheMost() {
    for (String text : List.of("1025T", "999999999999T", "1048577G")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text), text);
      assertEquals("\"" + text + "\" is more than a disk can have", e.getMessage());
    }
  }

  @Test
  void sizesAreWrittenInTheLargestUnitThatFitsAndReadBack() {
    assertEquals("0", ByteSize.text(0));
    assertEquals("1023", ByteSize.text(1023));
    assertEquals("1K", ByteSize.text(1024));
    assertEquals("1536K", ByteSize.text(3 << 19));
    assertEquals("64M", ByteSize.text(64 << 20));
    assertEquals("1024T", ByteSize.text(1L << 50));
    for (long bytes = 1; bytes <= 1L << 50; bytes = bytes * 3 / 2 + 1) {
      assertEquals(bytes, ByteSize.parse(ByteSize.text(bytes)));
    }
  }
}
