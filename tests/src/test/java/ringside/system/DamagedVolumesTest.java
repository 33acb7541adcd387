package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Volumes with wrong bits in their structures: the server serves what can be served, or says that
 * it cannot, and its client ends. Thousands more are in drivers/fs/native.
 */
class DamagedVolumesTest {
  private static final int VOLUMES = 4;

  private static final int BLOCK = 4096;

  /** Behind the tables of inodes and the first directories. */
  private static final int DENSE = 1400 << 10;

  private static final String VISITOR =
      Cli.domain(
          "client",
          "files-check",
          "part=visitor",
          "memory = 32\nuses = [\"files/1\"]\ndepends_on = [\"fs\"]\n");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {100, 200, 300, 400, 500, 600})
  void aServerOfADamagedVolumeNeitherCrashesNorHangs(int first) throws Exception {
    FileServers servers = FileServers.on(folder, "-t", "ext2", "-d", content().toString());
    byte[] sound = Files.readAllBytes(servers.image());
    for (int seed = first; seed < first + VOLUMES; seed++) {
      Files.write(servers.image(), damaged(sound, new Random(seed)));
      judge(servers.boot(VISITOR), "seed " + seed + ": ");
    }
  }

  /** Directories with files of several sizes, and links. */
  private Path content() throws IOException {
    Path content = Files.createDirectory(folder.resolve("content"));
    for (int i = 0; i < 12; i++) {
      Path directory = Files.createDirectories(content.resolve("d" + i % 4 + "/below" + i));
      for (int k = 0; k < 10; k++) {
        Files.write(directory.resolve("file-" + k), new byte[k * k * k * 150]);
      }
      Files.createSymbolicLink(directory.resolve("link"), Path.of("../below0/file-" + i));
    }
    return content;
  }

  /** Where the volume is not even mounted the client waits for a server until the time is over. */
  private static void judge(JsonNode system, String seed) {
    JsonNode server = FileServers.domain(system, "fs");
    boolean served = !server.get("console").toString().contains("cannot be mounted");
    String expected = served ? "poweroff" : "crash"; // main returned 1
    assertEquals(expected, server.get("outcome").asText(), () -> seed + system);
    String client = FileServers.domain(system, "client").get("outcome").asText();
    assertEquals(served ? "poweroff" : "running", client, () -> seed + system);
    assertTrue(
        FileServers.domain(system, "storage").path("crash").isMissingNode(), () -> seed + system);
  }

  /**
   * Where something stands: in all structures, or in those only without which the volume can still
   * be mounted: inodes that are not reserved, and directories.
   */
  private static int[] places(byte[] sound, boolean all) {
    ByteBuffer bytes = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN);
    int inodes = bytes.getInt(BLOCK + 8) * BLOCK; // bg_inode_table of the first group
    int from = all ? 1024 : inodes + 12 * 256;
    return IntStream.range(from, DENSE).filter(at -> sound[at] != 0).toArray();
  }

  /** Bits, and words that become the number of another inode or block. */
  private static byte[] damaged(byte[] sound, Random random) {
    ByteBuffer bytes = ByteBuffer.wrap(sound.clone()).order(ByteOrder.LITTLE_ENDIAN);
    boolean all = random.nextInt(4) == 0;
    int[] places = places(sound, all);
    for (int count = all ? 3 : 2 + random.nextInt(60); count > 0; count--) {
      int at = places[random.nextInt(places.length)];
      if (random.nextBoolean()) {
        bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
      } else {
        bytes.putInt(at & ~3, random.nextInt(random.nextBoolean() ? 40 : 4000));
      }
    }
    return bytes.array();
  }
}
