package ringside.cli.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.cli.Suggestion;
import ringside.domain.ElfImage;
import ringside.domain.ElfReader;
import ringside.domain.ImageException;

/** Reads each image that a description names once, however many domains it is for. */
final class Images {
  /** An image and its bytes. */
  record Loaded(ElfImage image, byte[] bytes) {}

  private final Map<Path, Optional<Loaded>> loaded = new HashMap<>();

  /** Empty when it cannot be booted; the problems say why, the first time. */
  Optional<Loaded> load(Path base, String kernel, Where where, List<Problem> problems) {
    Path path = base.resolve(kernel).normalize();
    if (!loaded.containsKey(path)) {
      loaded.put(path, read(path, kernel, where, problems));
    }
    return loaded.get(path);
  }

  private static Optional<Loaded> read(
      Path path, String kernel, Where where, List<Problem> problems) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      String name = path.getFileName().toString();
      ElfImage image = ElfReader.read(name, bytes);
      if (image.pvhEntry().isEmpty()) {
        problems.add(
            new Problem(
                where,
                "kernel: " + name + " has no PVH entry point",
                "link it with a note of owner \"Xen\" and type 18 (XEN_ELFNOTE_PHYS32_ENTRY)"));
        return Optional.empty();
      }
      return Optional.of(new Loaded(image, bytes));
    } catch (ImageException e) {
      problems.add(new Problem(where, "kernel: " + e.getMessage(), ""));
    } catch (IOException e) {
      boolean missing = !Files.exists(path);
      String what = missing ? "there is no image \"" : "cannot read the image \"";
      problems.add(new Problem(where, "kernel: " + what + kernel + "\"", hint(path, kernel)));
    }
    return Optional.empty();
  }

  private static String hint(Path path, String kernel) {
    Path folder = path.getParent();
    if (folder != null && Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        String prefix = kernel.substring(0, kernel.lastIndexOf('/') + 1);
        List<String> names =
            files
                .map(file -> prefix + file.getFileName())
                .filter(name -> name.endsWith(".elf"))
                .sorted()
                .toList();
        Optional<String> near = Suggestion.nearest(kernel, names);
        if (near.isPresent()) {
          return "did you mean \"" + near.get() + "\"?";
        }
      } catch (IOException e) {
        return "and its folder cannot be read: " + e.getMessage();
      }
    }
    return "the guests of this project are built by: tools/ringside dev guests";
  }
}
