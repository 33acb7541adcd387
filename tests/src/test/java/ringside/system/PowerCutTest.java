package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power is cut at many points of a run, each with another choice of what survives in the disk's
 * cache; the next boot finds all that was flushed, and in each block nothing but what it once held.
 */
class PowerCutTest {
  private static final String WORKLOAD = "app.cmdline=ops=200 blocks=96 order=4 ";
  private static final Pattern DURABLE = Pattern.compile("durable (\\d+)");
  private static final Pattern AT_STAKE = Pattern.compile("power cut: (\\d+) pieces");
  private static final int FIRST_US = 2500;
  private static final int STEP_US = 80;
  private static final int CUTS = 50;

  @TempDir Path folder;

  private String system() throws IOException {
    String text =
        """
        [[domain]]
        name = "storage"
        kernel = "IMAGES/storage-server.elf"
        memory = 16
        provides = ["storage"]
        [[domain]]
        name = "app"
        kernel = "IMAGES/blkverify.elf"
        memory = 16
        uses = ["storage/1"]
        depends_on = ["storage"]
        [[device]]
        type = "nvme"
        domain = "storage"
        file = "FOLDER/disk.img"
        size = "64K"
        """;
    return Files.writeString(
            folder.resolve("cut.toml"),
            text.replace("IMAGES", Cli.IMAGES.toString()).replace("FOLDER", folder.toString()))
        .toString();
  }

  @BeforeEach
  void engine() {
    Cli.assumeEngine();
  }

  @Test
  void whatWasFlushedIsThereAfterAPowerCut() throws IOException {
    String system = system();
    int atStake = 0;
    int partly = 0;
    for (int i = 0; i < CUTS; i++) {
      Files.deleteIfExists(folder.resolve("disk.img"));
      String at = FIRST_US + i * STEP_US + "us";
      String seed = String.valueOf(i);
      Cli.Result cut =
          Cli.run(
              "boot", system, "--set", WORKLOAD + "say-durable", "--power-cut", at, "--seed", seed);
      int pieces = last(AT_STAKE, cut.err());
      int durable = last(DURABLE, cut.out());
      atStake += pieces;
      partly += pieces > 0 && durable > 0 ? 1 : 0;
      Cli.Result next =
          Cli.run("boot", system, "--set", WORKLOAD + "mode=check durable=" + durable);
      assertEquals(
          0, next.code(), () -> "cut at " + at + ", seed " + seed + "\n" + cut.all() + next.all());
    }
    assertTrue(atStake > 200, atStake + " pieces were ever at stake");
    assertTrue(partly > CUTS / 3, partly + " cuts came between two flushes");
  }

  /** 0 when it was never said. */
  private static int last(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    int last = 0;
    while (matcher.find()) {
      last = Integer.parseInt(matcher.group(1));
    }
    return last;
  }
}
