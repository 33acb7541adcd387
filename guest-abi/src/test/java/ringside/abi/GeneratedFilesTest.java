package ringside.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ringside.abi.generate.GeneratedFiles;

final class GeneratedFilesTest {
  private static final Path MODULE = Path.of(System.getProperty("ringside.root"), "guest-abi");

  @Test
  void whatIsCheckedInIsWhatTheTableGenerates() throws IOException {
    List<String> stale = new ArrayList<>();
    Map<Path, String> files = GeneratedFiles.all(Abi.xen());
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Path path = MODULE.resolve(file.getKey());
      if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
        stale.add(file.getKey().toString());
      }
    }
    for (Path present : GeneratedFiles.present(MODULE)) {
      if (!files.containsKey(present)) {
        stale.add(present + " (no longer generated)");
      }
    }
    assertEquals(List.of(), stale, "stale; regenerate with: " + Generate.COMMAND);
  }
}
