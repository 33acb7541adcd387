package ringside.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the whole table with the headers of Debian's libxen-dev, which are Xen's own. */
final class LibxenTest {
  private static final Path HEADERS = Path.of("/usr/include/xen/xen.h");
  private static final String NEWER = "newer than Xen 4.17, the oldest libxen-dev we meet";

  /** Constants and structures whose names begin so are Ringside's own: IVMC and its registry. */
  private static final Pattern OURS = Pattern.compile("(?i)(__HYPERVISOR_)?ivmc.*");

  private static final String INTERNAL = "in Xen's headers for the hypervisor itself only";

  /** Constants that libxen-dev may lack, and why. They are compared when it has them. */
  private static final Map<String, String> MISSING_CONSTANTS =
      Map.ofEntries(
          Map.entry("ERESTART", INTERNAL),
          Map.entry("DOMID_ANY", NEWER),
          Map.entry("XENFEAT_runstate_phys_area", NEWER),
          Map.entry("XENFEAT_vcpu_time_phys_area", NEWER),
          Map.entry("XENFEAT_dm_msix_all_writes", NEWER),
          Map.entry("VCPUOP_register_runstate_phys_area", NEWER),
          Map.entry("VCPUOP_register_vcpu_time_phys_area", NEWER),
          Map.entry("XEN_ELFNOTE_PHYS32_RELOC", NEWER),
          Map.entry("XENCONSOLE_CONNECTED", NEWER),
          Map.entry("XENCONSOLE_DISCONNECTED", NEWER));

  /** Structures that libxen-dev lacks, and why. */
  private static final Map<String, String> MISSING_STRUCTS =
      Map.of("e820entry", "the PC BIOS's, which Xen's public headers only mention");

  /** Fields that libxen-dev may lack, and why; they make the structure longer. Never compared. */
  private static final Map<String, String> MISSING_FIELDS =
      Map.of("xencons_interface.connection", NEWER);

  @TempDir Path folder;

  @Test
  void everyOffsetSizeAndConstantFor64BitCallersIsXens() throws IOException {
    compare(Width.W64);
  }

  @Test
  void everyOffsetSizeAndConstantFor32BitCallersIsXens() throws IOException {
    compare(Width.W32);
  }

  private void compare(Width width) throws IOException {
    assumeTrue(Files.exists(HEADERS), "libxen-dev is not installed, nothing to compare with");
    assumeFalse(Compiler.installed().isEmpty(), "neither gcc nor clang is installed");
    Map<String, Long> ours = new TreeMap<>();
    LibxenProbe probe = new LibxenProbe();
    Abi abi = Abi.xen();
    abi.groups().forEach(g -> g.constants().forEach(c -> constant(g, c, probe, ours)));
    abi.structs().forEach(s -> struct(s, width, probe, ours));
    Map<String, Long> theirs = probe.answers(Compiler.installed().getFirst(), width, folder);
    ours.keySet().removeIf(key -> MISSING_CONSTANTS.containsKey(key) && !theirs.containsKey(key));
    assertTrue(theirs.size() > 700, "the probe found only " + theirs.size() + " values");
    assertEquals(List.of(), differences(ours, theirs), "ours, and theirs in Xen's headers");
  }

  private static List<String> differences(Map<String, Long> ours, Map<String, Long> theirs) {
    Set<String> keys = new TreeSet<>(ours.keySet());
    keys.addAll(theirs.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(ours.get(key), theirs.get(key)))
        .map(key -> key + ": " + ours.get(key) + ", theirs " + theirs.get(key))
        .toList();
  }

  private static void constant(
      AbiConstantGroup group, AbiConstant constant, LibxenProbe probe, Map<String, Long> ours) {
    if (OURS.matcher(constant.name()).matches()) {
      return;
    }
    boolean errno = group.name().equals(Abi.ERRNO);
    ours.put(constant.name(), constant.value());
    if (MISSING_CONSTANTS.containsKey(constant.name())) {
      probe.askIfDefined(constant.name());
    } else {
      probe.ask(constant.name(), (errno ? "XEN_" : "") + constant.name());
    }
  }

  private static void struct(
      AbiStruct struct, Width width, LibxenProbe probe, Map<String, Long> ours) {
    if (MISSING_STRUCTS.containsKey(struct.name()) || OURS.matcher(struct.name()).matches()) {
      return;
    }
    boolean longer =
        MISSING_FIELDS.keySet().stream().anyMatch(f -> f.startsWith(struct.name() + "."));
    if (!longer) {
      ours.put("sizeof/" + struct.name(), (long) struct.size(width));
      probe.ask("sizeof/" + struct.name(), "sizeof(struct " + struct.name() + ")");
    }
    fields(struct.name(), "", struct, 0, width, probe, ours);
  }

  private static void fields(
      String name,
      String path,
      AbiStruct struct,
      int base,
      Width width,
      LibxenProbe probe,
      Map<String, Long> ours) {
    for (AbiField field : struct.fields()) {
      String member = path + field.name();
      if (!field.presentIn(width) || MISSING_FIELDS.containsKey(name + "." + member)) {
        continue;
      }
      int at = base + field.offset(width);
      String key = name + "." + member;
      ours.put(key, (long) at);
      probe.ask(key, "__builtin_offsetof(struct %s, %s)".formatted(name, member));
      ours.put("sizeof/" + key, (long) field.size(width));
      probe.ask("sizeof/" + key, "sizeof(((struct %s *)0)->%s)".formatted(name, member));
      if (field.type() instanceof AbiStruct inner && inner.inline()) {
        fields(name, member + ".", inner, at, width, probe, ours);
      }
    }
  }
}
