package ringside.abi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import ringside.abi.generate.GeneratedFiles;

/** Writes all files that are generated from the table. Its one argument is the module's folder. */
public final class Generate {
  /** The command that runs this class, for messages. */
  public static final String COMMAND = "mvn -q -pl guest-abi compile exec:exec@generate";

  private Generate() {}

  /** Deletes the generated folders' stale files and writes the rest anew. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    Map<Path, String> files = GeneratedFiles.all(Abi.xen());
    for (Path stale : GeneratedFiles.present(root)) {
      if (!files.containsKey(stale)) {
        Files.delete(root.resolve(stale));
      }
    }
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}
