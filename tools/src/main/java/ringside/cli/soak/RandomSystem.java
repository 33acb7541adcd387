package ringside.cli.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A description put together at random from parts whose guests judge themselves: disks and files
 * with clients, servers that are killed under them, rings between vCPUs and domains, pairs that
 * play with events and grants.
 *
 * <p>Invariant: the same seed gives the same text, and every guest of it ends well in a hypervisor
 * without faults, however its vCPUs run beside each other.
 */
final class RandomSystem {
  private static final int MOST_PARTS = 3;
  private static final int MOST_SEED = 1_000_000;

  private final SplittableRandom random;
  private final List<String> parts = new ArrayList<>();
  private boolean files;

  private RandomSystem(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static String of(long seed) {
    return new RandomSystem(seed).text(seed);
  }

  private String text(long seed) {
    int wanted = 1 + random.nextInt(MOST_PARTS);
    for (int n = 0; n < wanted; n++) {
      switch (random.nextInt(10)) {
        case 0, 1 -> disk(n);
        case 2, 3, 4 -> filesOnce(n);
        case 5 -> ring(n);
        case 6 -> ringOfTwo(n);
        case 7 -> pingPong(n);
        case 8 -> relay(n);
        default -> vcpus(n);
      }
    }
    return "seed = %d\n%s".formatted(seed, String.join("", parts));
  }

  /** Clients of one disk, each with blocks of its own, and perhaps kills of their server. */
  private void disk(int n) {
    int clients = between(1, 3);
    String service = "storage" + n;
    server(service, "storage-server", "", "", service, 3);
    for (int i = 0; i < clients; i++) {
      String blocks = "blocks=256 first=%d writer=%d fresh".formatted(256 * i, i + 1);
      String load =
          "ops=%d depth=%d longest=%d order=%d seed=%d"
              .formatted(
                  between(50, 600),
                  between(1, 16),
                  between(1, 8),
                  between(4, 5),
                  between(1, MOST_SEED));
      String cmdline = "service=%s %s %s".formatted(service, blocks, load);
      client("blk%d-%d".formatted(n, i), "blkverify", cmdline, service, service, 16);
    }
    nvme(service, 8);
  }

  /** Programs find files by one name, so a system has one server of them. */
  private void filesOnce(int n) {
    if (files) {
      disk(n);
      return;
    }
    files = true;
    server("storage" + n, "storage-server", "", "", "storage" + n, 4);
    String format = pick("ext3", "ext3", "ext2");
    String cmdline =
        "service=storage%d path=%s format=%s".formatted(n, pick("direct", "copy"), format);
    String uses = "uses = [\"storage%d/1\"]\ndepends_on = [\"storage%d\"]\n".formatted(n, n);
    // exactly once across a restart is what ext3 promises, not ext2
    server("fs", "fs-server", cmdline, uses, "files", format.equals("ext3") ? 3 : 0);
    filesClient();
    nvme("storage" + n, 32);
  }

  private void filesClient() {
    switch (random.nextInt(5)) {
      case 0 -> app("fsx", "steps=%d seed=%d".formatted(between(50, 250), between(1, MOST_SEED)));
      case 1 -> app("fsverify", "rounds=1 threads=" + between(1, 4));
      case 2 ->
          app(
              "postmark",
              "verify number=40 transactions=%d seed=%d"
                  .formatted(between(20, 200), between(1, MOST_SEED)));
      case 3 ->
          app(
              "filebench",
              "personality=%s files=20 threads=%d loops=1 iosize=64k"
                  .formatted(pick("fileserver", "varmail", "webserver"), between(1, 4)));
      default -> {
        client("one", "share", "me=0 rounds=20", "files", "fs", 64);
        client("two", "share", "me=1 rounds=20", "files", "fs", 64);
      }
    }
  }

  private void app(String image, String cmdline) {
    client("app", image, cmdline, "files", "fs", 64);
  }

  private void ring(int n) {
    domain("ring" + n, "test-rings-vcpus", "", 16, "vcpus = %d\n".formatted(between(2, 8)));
  }

  private void ringOfTwo(int n) {
    int vcpus = between(1, 4);
    String more = "vcpus = %d\n".formatted(vcpus);
    String operations = "operations=%d".formatted(between(1_000, 20_000));
    domain(
        "owner" + n,
        "ringbench",
        "role=owner peer={domid:follower%d} %s".formatted(n, operations),
        16,
        more);
    domain("follower" + n, "ringbench", "role=peer peer={domid:owner%d}".formatted(n), 16, more);
  }

  private void pingPong(int n) {
    domain("pong" + n, "ping", "role=pong peer={domid:ping%d}".formatted(n), 16, "");
    String rounds = "role=ping peer={domid:pong%d} rounds=%d".formatted(n, between(100, 5_000));
    domain("ping" + n, "ping", rounds, 16, "depends_on = [\"pong%d\"]\n".formatted(n));
  }

  private void relay(int n) {
    domain("poet" + n, "relay", "role=poet to={domid:echo%d}".formatted(n), 16, "");
    String echo = "role=echo from={domid:poet%d} to={domid:scribe%d}".formatted(n, n);
    domain("echo" + n, "relay", echo, 16, "");
    domain("scribe" + n, "relay", "role=scribe from={domid:echo%d}".formatted(n), 16, "");
  }

  private void vcpus(int n) {
    String image =
        pick("test-vcpus", "test-smp-stress", "test-wake-ups", "test-threads", "test-runtime");
    domain("guest" + n, image, "", 16, "vcpus = %d\n".formatted(between(2, 5)));
  }

  /**
   * A server that restarts, killed up to so many times while its clients work.
   *
   * @param more lines of its table
   */
  private void server(
      String name, String image, String cmdline, String more, String service, int mostKills) {
    List<String> kills = new ArrayList<>();
    int count = random.nextInt(mostKills + 1);
    for (int i = 0; i < count; i++) {
      kills.add("\"kill:at=%dus\"".formatted(between(500, 60_000)));
    }
    domain(
        name,
        image,
        cmdline.isEmpty() ? "service=" + service : cmdline,
        image.equals("fs-server") ? 160 : 64,
        "provides = [\"%s\"]\non_crash = \"restart\"\n%s%s"
            .formatted(
                service,
                more,
                kills.isEmpty() ? "" : "faults = [%s]\n".formatted(String.join(", ", kills))));
  }

  private void client(
      String name, String image, String cmdline, String service, String server, int memory) {
    String more = "uses = [\"%s/1\"]\ndepends_on = [\"%s\"]\n".formatted(service, server);
    domain(name, image, cmdline, memory, more);
  }

  private void domain(String name, String image, String cmdline, int memory, String more) {
    parts.add(
        """

        [[domain]]
        name = "%s"
        kernel = "%s.elf"
        memory = %d
        cmdline = "%s"
        %s\
        """
            .formatted(name, image, memory, cmdline, more));
  }

  private void nvme(String domain, int mib) {
    parts.add(
        """

        [[device]]
        type = "nvme"
        domain = "%s"
        size = "%dM"
        """
            .formatted(domain, mib));
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }
}
