package ringside.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} and benchmarks say: Ringside's version and those of what it runs on. */
public final class Versions implements IVersionProvider {
  /** Ringside's own, from the jar; "development" when it runs from classes. */
  public static String ringside() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Java and host. */
  public static String host() {
    return "Java %s (%s), %s %s"
        .formatted(
            Runtime.version(),
            System.getProperty("java.vm.name"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  @Override
  public String[] getVersion() {
    List<String> lines = new ArrayList<>();
    lines.add("ringside " + ringside());
    for (String name : Engines.NAMES) {
      lines.add("engine " + name + ": " + Engines.versionOrReason(name));
    }
    lines.add(host());
    return lines.toArray(String[]::new);
  }
}
