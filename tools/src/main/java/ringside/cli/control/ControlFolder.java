package ringside.cli.control;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where running systems have their sockets: one file {@code NAME-PID.sock} each, in a folder that
 * only the user can enter.
 */
final class ControlFolder {
  private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rwx------");
  private static final String SUFFIX = ".sock";

  private ControlFolder() {}

  /** XDG_RUNTIME_DIR, else the folder for temporary files. */
  static Path path() {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    return runtime == null || runtime.isEmpty()
        ? Path.of(
            System.getProperty("java.io.tmpdir"), "ringside-" + System.getProperty("user.name"))
        : Path.of(runtime, "ringside");
  }

  /** The folder, made when it is not there. Somebody else's is refused. */
  static Path make() throws IOException {
    Path folder = path();
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(MINE));
    } catch (FileAlreadyExistsException e) {
      if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(MINE)
          || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(folder + " is not a folder of yours alone", e);
      }
    }
    return folder;
  }

  static Path socket(Path folder, String system) {
    return folder.resolve(system + "-" + ProcessHandle.current().pid() + SUFFIX);
  }

  /** Sockets of processes that are alive, sorted; those of dead ones are removed. */
  static List<Path> sockets() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(path())) {
      all = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
    for (Path socket : all) {
      if (!alive(socket)) {
        Files.deleteIfExists(socket);
      }
    }
    return all.stream().filter(Files::exists).toList();
  }

  private static boolean alive(Path socket) {
    return ProcessHandle.of(pid(socket)).isPresent();
  }

  /** 0 when the file's name has none. */
  static long pid(Path socket) {
    String stem = stem(socket);
    String digits = stem.substring(stem.lastIndexOf('-') + 1);
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
  }

  static String system(Path socket) {
    String stem = stem(socket);
    return stem.substring(0, Math.max(0, stem.lastIndexOf('-')));
  }

  private static String stem(Path socket) {
    String name = socket.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
