package ringside.cli.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import ringside.cli.run.RunOutput;

/** Hears what fsbench says with its option {@code result}, in one domain or several at once. */
final class FilesRun implements RunOutput {
  /**
   * One load, by all domains together.
   *
   * @param rate sum of the domains' rates, in 10^6 bytes per second of virtual time
   * @param copied bytes that CPUs of all domains copied meanwhile
   */
  record Measured(double rate, long bytes, long copied) {
    private Measured and(Measured other) {
      return new Measured(rate + other.rate, bytes + other.bytes, copied + other.copied);
    }

    double copiedForEach() {
      return (double) copied / bytes;
    }
  }

  private static final String RESULT = "result ";

  private final Map<String, Measured> results = new LinkedHashMap<>();

  @Override
  public void consoleLine(int domid, String domain, String line) {
    if (line.startsWith(RESULT)) {
      Map<String, String> fields =
          Arrays.stream(line.substring(RESULT.length()).split(" "))
              .map(word -> word.split("=", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
      long bytes = number(fields, "bytes");
      results.merge(
          "%s %d KiB".formatted(fields.get("op"), number(fields, "size") >> 10),
          new Measured(bytes * 1e3 / number(fields, "ns"), bytes, number(fields, "copied")),
          Measured::and);
    }
  }

  /** By load, such as "read 64 KiB", in the order in which they ran. */
  Map<String, Measured> results() {
    return results;
  }

  private static long number(Map<String, String> fields, String key) {
    return Long.parseLong(fields.get(key));
  }
}
