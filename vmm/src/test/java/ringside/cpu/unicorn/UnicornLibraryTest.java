package ringside.cpu.unicorn;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A missing or unusable library is said in words that help. */
class UnicornLibraryTest {
  @Test
  void aFileThatIsNotThereIsNamedWithTheCommandToRun() {
    UnicornUnavailable e =
        assertThrows(UnicornUnavailable.class, () -> UnicornLibrary.find("/nowhere/libunicorn.so"));
    assertTrue(e.getMessage().contains("/nowhere/libunicorn.so is not there"), e.getMessage());
    assertTrue(e.getMessage().contains("tools/fetch-unicorn"), e.getMessage());
  }

  @Test
  void aFileThatIsNoLibraryIsRefused(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("libunicorn.so.2"), "text");
    UnicornUnavailable e =
        assertThrows(UnicornUnavailable.class, () -> UnicornLibrary.find(file.toString()));
    assertTrue(e.getMessage().contains("does not load"), e.getMessage());
  }

  @Test
  void anotherLibraryIsNotTakenForUnicorn() {
    UnicornUnavailable e =
        assertThrows(UnicornUnavailable.class, () -> UnicornLibrary.find("libc.so.6"));
    assertTrue(e.getMessage().contains("libc.so.6 is not Unicorn"), e.getMessage());
  }
}
