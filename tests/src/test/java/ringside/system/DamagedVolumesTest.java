package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** Behind the tables of inodes and the first directories. */
  private static final int DENSE = 1400 << 10;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {100, 200, 300, 400, 500, 600})
  void aServerOfADamagedVolumeNeitherCrashesNorHangs(int first) throws Exception {
    FileServers servers = FileServers.on(folder);
    JsonNode filled = servers.boot(client(200));
    assertEquals("success", FileServers.domain(filled, "client").get("verdict").asText());
    byte[] sound = Files.readAllBytes(servers.image());
    for (int seed = first; seed < first + VOLUMES; seed++) {
      Files.write(servers.image(), damaged(sound, new Random(seed)));
      judge(servers.boot(client(40)), "seed " + seed + ": ");
    }
  }

  private static String client(int operations) {
    return Cli.domain(
        "client",
        "files-check",
        "part=honest again operations=" + operations,
        "memory = 32\nuses = [\"files/1\"]\ndepends_on = [\"fs\"]\n");
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

  /** Where something stands; the superblock's fields only where `superblock` says so. */
  private static int[] places(byte[] sound, boolean superblock) {
    int from = superblock ? 1024 : 4096;
    int to = superblock ? 1024 + 256 : DENSE;
    return IntStream.range(from, to).filter(at -> sound[at] != 0).toArray();
  }

  /** Bits, and words that become the number of another inode or block. */
  private static byte[] damaged(byte[] sound, Random random) {
    ByteBuffer bytes = ByteBuffer.wrap(sound.clone()).order(ByteOrder.LITTLE_ENDIAN);
    boolean superblock = random.nextInt(6) == 0;
    int[] places = places(sound, superblock);
    for (int count = superblock ? 1 : 1 + random.nextInt(20); count > 0; count--) {
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
