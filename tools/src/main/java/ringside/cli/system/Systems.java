package ringside.cli.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ringside.cli.Suggestion;
import ringside.cli.UserError;

/**
 * Finds what {@code boot} and {@code check} are given: a description, an image, or the name of a
 * system in images/ or of a built image in images/build/.
 */
public final class Systems {
  private static final String TOML = ".toml";
  private static final String ELF = ".elf";

  private final Path images;

  /**
   * @param home the project's folder
   */
  public Systems(Path home) {
    this.images = home.resolve("images");
  }

  /** The project that this command belongs to: the launcher tells in {@code ringside.home}. */
  public static Systems ofThisProject() {
    return new Systems(Path.of(System.getProperty("ringside.home", ".")));
  }

  /** Names of the described systems, sorted. */
  public List<String> names() {
    return stems(images, TOML);
  }

  /** Names of the images that are built, sorted. */
  public List<String> imageNames() {
    return stems(images.resolve("build"), ELF);
  }

  /** The one-line description of a system, whether or not the rest of its file is right. */
  public String describe(String name) {
    Path file = images.resolve(name + TOML);
    try {
      RawSystem raw = new TomlReader(name, new ArrayList<>()).read(Files.readString(file));
      RawTable.Entry entry = raw == null ? null : raw.top().entries().get(Keys.DESCRIPTION.name());
      return entry != null && entry.value() instanceof String text
          ? text
          : "(no description; see ringside check " + name + ")";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what is meant by a file name or a name. */
  public SystemDescription read(String what, List<ValueOverride> overrides)
      throws DescriptionException {
    Path file = find(what, List.of(images.resolve(what + TOML), built(what)));
    String name = file.getFileName().toString();
    if (!name.endsWith(TOML)) {
      return SystemReader.ofImage(file, overrides);
    }
    String shown = file.startsWith(images) ? shorten(file) : file.toString();
    try {
      Path base = file.toAbsolutePath().getParent();
      String stem = name.substring(0, name.length() - TOML.length());
      return SystemReader.read(shown, Files.readString(file), base, stem, overrides);
    } catch (IOException e) {
      throw new UserError(shown + ": cannot be read: " + e.getMessage(), "");
    }
  }

  /** The image that is meant by a file name or a name. */
  public Path image(String what) {
    Path file = find(what, List.of(built(what)));
    if (file.toString().endsWith(TOML)) {
      throw new UserError(what + " is a system description, not an image");
    }
    return file;
  }

  private Path built(String name) {
    return images.resolve("build").resolve(name + ELF);
  }

  private Path find(String what, List<Path> candidates) {
    Path file = Path.of(what);
    if (Files.isRegularFile(file)) {
      return file;
    }
    for (Path candidate : candidates) {
      if (!what.contains("/") && Files.isRegularFile(candidate)) {
        return candidate;
      }
    }
    List<String> known = new ArrayList<>(names());
    known.addAll(imageNames());
    String hint =
        Suggestion.nearest(what, known)
            .map(name -> "did you mean \"" + name + "\"?")
            .orElse("give a file, or a name that ringside list shows");
    throw new UserError("there is no system, description or image \"" + what + "\"", hint);
  }

  /** Relative to where the user is, if that is shorter. */
  private static String shorten(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
  }

  private static List<String> stems(Path folder, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .map(name -> name.substring(0, name.length() - suffix.length()))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
