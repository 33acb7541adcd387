package ringside.cpu.unicorn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which addresses of this process may be touched: /proc/self/maps of Linux. */
final class HostMappings {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private HostMappings() {}

  /** True when one readable and writable mapping holds all of these bytes. */
  static boolean contain(long address, long bytes) {
    try (var lines = Files.lines(MAPS)) {
      return lines.anyMatch(line -> holds(line, address, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holds(String line, long address, long bytes) {
    String[] fields = line.split("[- ]", 4);
    long first = Long.parseUnsignedLong(fields[0], 16);
    long end = Long.parseUnsignedLong(fields[1], 16);
    return fields[2].startsWith("rw")
        && Long.compareUnsigned(first, address) <= 0
        && Long.compareUnsigned(address, end) < 0
        && end - address >= bytes;
  }
}
