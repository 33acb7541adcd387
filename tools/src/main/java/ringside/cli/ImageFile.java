package ringside.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ringside.cli.system.Systems;
import ringside.domain.ElfImage;
import ringside.domain.ElfReader;
import ringside.domain.ImageException;

/** Reads the image that a verb is given. */
final class ImageFile {
  private ImageFile() {}

  /**
   * @param what a file, or the name of a built image
   */
  static ElfImage read(String what) {
    Path file = Systems.ofThisProject().image(what);
    try {
      return ElfReader.read(what, Files.readAllBytes(file));
    } catch (ImageException e) {
      throw new UserError(e.getMessage());
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage());
    }
  }
}
