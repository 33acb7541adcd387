package ringside.cpu.unicorn;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds libunicorn: the file that RINGSIDE_UNICORN or {@code -Dringside.unicorn} names, and no
 * other then; else the user's cache that tools/fetch-unicorn fills, then the system's names. Wants
 * 2.1 or newer: page faults are not precise before.
 *
 * @param where path or name it was loaded by
 * @param version for reports, like "2.1.1"
 */
record UnicornLibrary(SymbolLookup symbols, String where, String version) {
  private static final String SETTING = "RINGSIDE_UNICORN";
  private static final String PROPERTY = "ringside.unicorn";
  private static final List<String> SYSTEM_NAMES = List.of("libunicorn.so.2", "libunicorn.so");
  private static final int WANTED = 2 << 8 | 1;

  private static UnicornLibrary loaded;

  /** The library, loaded once for the process. */
  static synchronized UnicornLibrary require() throws UnicornUnavailable {
    if (loaded == null) {
      loaded = find(System.getProperty(PROPERTY, System.getenv(SETTING)));
    }
    return loaded;
  }

  /**
   * @param setting the file to take, or null to look for one
   */
  static UnicornLibrary find(String setting) throws UnicornUnavailable {
    List<String> findings = new ArrayList<>();
    if (setting != null && !setting.isEmpty()) {
      return open(setting, findings).orElseThrow(() -> unavailable(findings));
    }
    List<String> candidates = new ArrayList<>();
    cache().ifPresent(path -> candidates.add(path.toString()));
    candidates.addAll(SYSTEM_NAMES);
    for (String candidate : candidates) {
      Optional<UnicornLibrary> library = open(candidate, findings);
      if (library.isPresent()) {
        return library.get();
      }
    }
    throw unavailable(findings);
  }

  private static Optional<Path> cache() {
    String cache = System.getenv("XDG_CACHE_HOME");
    String home = System.getenv("HOME");
    if ((cache == null || cache.isEmpty()) && home == null) {
      return Optional.empty();
    }
    Path base = cache == null || cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache);
    return Optional.of(base.resolve("ringside/lib/libunicorn.so.2"));
  }

  private static UnicornUnavailable unavailable(List<String> findings) {
    return new UnicornUnavailable(
        "no libunicorn 2.1 or newer: "
            + String.join("; ", findings)
            + ". Run tools/fetch-unicorn, or name the file in "
            + SETTING
            + ".");
  }

  private static Optional<UnicornLibrary> open(String candidate, List<String> findings) {
    boolean path = candidate.contains("/");
    if (path && !Files.exists(Path.of(candidate))) {
      findings.add(candidate + " is not there");
      return Optional.empty();
    }
    SymbolLookup symbols;
    try {
      symbols =
          path
              ? SymbolLookup.libraryLookup(Path.of(candidate), Arena.global())
              : SymbolLookup.libraryLookup(candidate, Arena.global());
    } catch (IllegalArgumentException e) {
      findings.add(path ? candidate + " does not load" : "the system has no " + candidate);
      return Optional.empty();
    }
    Optional<MemorySegment> function = symbols.find("uc_version");
    if (function.isEmpty()) {
      findings.add(candidate + " is not Unicorn");
      return Optional.empty();
    }
    int[] version = version(function.get());
    String text = version[0] + "." + version[1] + "." + version[2];
    if ((version[0] << 8 | version[1]) < WANTED) {
      findings.add(candidate + " is version " + text);
      return Optional.empty();
    }
    return Optional.of(new UnicornLibrary(symbols, candidate, text));
  }

  private static int[] version(MemorySegment function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(ValueLayout.JAVA_INT, 2);
      int packed =
          (int)
              Linker.nativeLinker()
                  .downcallHandle(
                      function,
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                  .invokeExact(numbers, numbers.asSlice(4));
      int major = numbers.getAtIndex(ValueLayout.JAVA_INT, 0);
      int minor = numbers.getAtIndex(ValueLayout.JAVA_INT, 1);
      return new int[] {major, minor, packed >>> 8 & 0xff};
    } catch (Throwable t) {
      throw Uc.rethrow(t);
    }
  }
}
