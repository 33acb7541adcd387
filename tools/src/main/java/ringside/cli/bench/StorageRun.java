package ringside.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ringside.cli.run.RunOutput;

/** Hears what blkbench says with its options {@code marks result}, and takes the host's time. */
final class StorageRun implements RunOutput {
  /**
   * One load of a run.
   *
   * @param load its operation, size and depth, such as "read 64 KiB x32"
   * @param hostNs between its begin and its end
   * @param virtualNs of the guest
   */
  record Measured(
      String load, long bytes, long requests, long hostNs, long virtualNs, long notifications) {
    /** In 10^6 bytes per second of the host. */
    double hostRate() {
      return bytes * 1e3 / hostNs;
    }

    double virtualRate() {
      return bytes * 1e3 / virtualNs;
    }

    double notificationsPerThousand() {
      return notifications * 1e3 / requests;
    }
  }

  private static final String RESULT = "result ";

  private final List<Measured> results = new ArrayList<>();
  private long begin;
  private long end;

  @Override
  public void consoleLine(int domid, String domain, String line) {
    long now = System.nanoTime();
    if (line.equals("begin")) {
      begin = now;
    } else if (line.equals("end")) {
      end = now;
    } else if (line.startsWith(RESULT)) {
      results.add(measured(fields(line.substring(RESULT.length()))));
    }
  }

  /** All of them, in the order in which they ran. */
  List<Measured> all() {
    return results;
  }

  /** By load, the last of each; in the order in which they ran. */
  Map<String, Measured> results() {
    Map<String, Measured> byLoad = new LinkedHashMap<>();
    results.forEach(r -> byLoad.put(r.load, r));
    return byLoad;
  }

  private Measured measured(Map<String, String> fields) {
    long size = number(fields, "size");
    String load = "%s %d KiB x%d".formatted(fields.get("op"), size >> 10, number(fields, "depth"));
    return new Measured(
        load,
        number(fields, "bytes"),
        number(fields, "requests"),
        end - begin,
        number(fields, "ns"),
        number(fields, "notifications"));
  }

  private static Map<String, String> fields(String line) {
    return Arrays.stream(line.split(" "))
        .map(word -> word.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static long number(Map<String, String> fields, String key) {
    return Long.parseLong(fields.get(key));
  }
}
