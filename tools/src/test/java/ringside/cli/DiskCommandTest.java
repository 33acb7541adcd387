package ringside.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String file;

  @BeforeEach
  void name() {
    file = folder.resolve("disk.img").toString();
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new Terminal(new PrintWriter(out), new PrintWriter(err), false, false), args);
  }

  private String json(String key) throws IOException {
    return new ObjectMapper().readTree(out.toString()).get(key).asText();
  }

  @Test
  void aNewDiskHasItsSizeAndNoData() throws IOException {
    assertEquals(ExitCode.OK, run("disk", "create", file, "64M"), err::toString);
    assertEquals(64L << 20, Files.size(Path.of(file)));
    assertEquals(ExitCode.OK, run("disk", "info", file, "--format", "json"));
    assertEquals("67108864", json("bytes"));
    assertEquals("0", json("data_bytes"));
  }

  @Test
  void dataAreCountedInRunsOfClusters() throws IOException {
    run("disk", "create", file, "3M");
    try (RandomAccessFile disk = new RandomAccessFile(file, "rw")) {
      for (int at : new int[] {4096, 8191, 8192, 1048575, 1048576, 3 * 1048576 - 1}) {
        disk.seek(at);
        disk.write(1);
      }
    }
    assertEquals(ExitCode.OK, run("disk", "info", file, "--format", "json"));
    assertEquals("3", json("extents"), "4096-12287, the two around 1 MiB, the last");
    assertEquals(String.valueOf(5 * 4096), json("data_bytes"));
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Files.writeString(Path.of(file), "precious");
    assertEquals(ExitCode.WRONG_INPUT, run("disk", "create", file, "64M"));
    assertTrue(err.toString().contains("is there already"), err::toString);
    assertEquals("precious", Files.readString(Path.of(file)));
  }

  @Test
  void wrongSizesAndMissingFilesAreSaidPlainly() {
    for (String size : new String[] {"0", "100", "-1", "64Q", "9999999T"}) {
      assertEquals(ExitCode.WRONG_INPUT, run("disk", "create", file, "--", size), size);
      assertTrue(err.toString().contains("error: "), err::toString);
    }
    assertEquals(ExitCode.WRONG_INPUT, run("disk", "info", file));
    assertTrue(err.toString().contains("there is no such file"), err::toString);
    assertEquals(ExitCode.WRONG_INPUT, run("disk", "create", folder + "/none/x.img", "1M"));
    assertTrue(err.toString().contains("no such folder"), err::toString);
  }
}
