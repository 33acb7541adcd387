package ringside.abi.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import ringside.abi.Abi;
import ringside.abi.AbiModule;
import ringside.abi.AbiStruct;

/** What is generated from the table: paths relative to the module's folder, and their text. */
public final class GeneratedFiles {
  private static final Path JAVA = Path.of("src/main/java/ringside/abi/gen");
  private static final Path HEADERS = Path.of("include/ringside");

  private GeneratedFiles() {}

  /** All files as they should be. */
  public static Map<Path, String> all(Abi abi) {
    Map<Path, String> files = new TreeMap<>();
    files.put(JAVA.resolve("package-info.java"), packageInfo());
    files.put(HEADERS.resolve("abi.h"), CHeader.umbrella(abi));
    files.put(HEADERS.resolve("layout.h"), CHeader.layout());
    for (AbiModule module : abi.modules()) {
      String constants = Names.constants(module.name());
      files.put(JAVA.resolve(constants + ".java"), JavaConstants.write(abi, module));
      files.put(HEADERS.resolve(module.name() + ".h"), CHeader.write(abi, module));
      for (AbiStruct struct : module.structs()) {
        files.put(JAVA.resolve(Names.type(struct.name()) + ".java"), JavaStruct.write(struct));
      }
    }
    return files;
  }

  private static String packageInfo() {
    return "/** Constants and structures, generated from the table. Do not edit. */\n"
        + "package ringside.abi.gen;\n";
  }

  /** The files that are in the generated folders now. */
  public static TreeSet<Path> present(Path root) throws IOException {
    TreeSet<Path> present = new TreeSet<>();
    for (Path folder : List.of(JAVA, HEADERS)) {
      if (Files.isDirectory(root.resolve(folder))) {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
          files.map(root::relativize).forEach(present::add);
        }
      }
    }
    return present;
  }
}
