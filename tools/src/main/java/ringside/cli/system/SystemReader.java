package ringside.cli.system;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ringside.cli.Suggestion;

/**
 * Checks a description and makes a {@link SystemDescription} of it. Goes on after an error as far
 * as that makes sense, so that one run shows all that is wrong.
 */
public final class SystemReader {
  /** Machine::create numbers domains from 1 up to DOMID_FIRST_RESERVED - 1. */
  private static final int MAX_DOMAINS = 0x7fef;

  /** COMMAND_LINE_SIZE of Linux, the most that any guest is used to. */
  private static final int MAX_CMDLINE = 2047;

  private final Path base;
  private final List<Problem> problems = new ArrayList<>();
  private final Images images = new Images();
  private final Fingerprint fingerprint = new Fingerprint();

  private SystemReader(Path base) {
    this.base = base;
  }

  /**
   * Reads a description.
   *
   * @param file its name for messages
   * @param base folder that images are relative to
   * @param name of the system when the description has none
   */
  public static SystemDescription read(
      String file, String text, Path base, String name, List<ValueOverride> overrides)
      throws DescriptionException {
    SystemReader reader = new SystemReader(base);
    RawSystem raw = new TomlReader(file, reader.problems).read(text);
    if (raw == null) {
      throw new DescriptionException(reader.problems);
    }
    return reader.check(raw, name, overrides);
  }

  /** A system of one domain that boots an image, called like its file. */
  public static SystemDescription ofImage(Path image, List<ValueOverride> overrides)
      throws DescriptionException {
    String file = image.getFileName().toString();
    String stem = file.replaceFirst("\\.[^.]*$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    String name = stem.replaceFirst("^[^A-Za-z0-9]+", "");
    String cut = name.substring(0, Math.min(name.length(), 32));
    Where where = Where.whole(image.toString());
    RawSystem raw = new RawSystem(where);
    RawTable domain = new RawTable(where);
    domain.put(Keys.NAME.name(), cut.isEmpty() ? "image" : cut, where);
    domain.put(Keys.KERNEL.name(), file, where);
    raw.domains().add(domain);
    Path folder = image.toAbsolutePath().getParent();
    return new SystemReader(folder).check(raw, cut, overrides);
  }

  private SystemDescription check(RawSystem raw, String name, List<ValueOverride> overrides)
      throws DescriptionException {
    overrides.forEach(override -> override.applyTo(raw, problems));
    Values top = Values.check(raw.top(), "", Keys.SYSTEM, problems);
    List<Values> tables = new ArrayList<>();
    for (RawTable domain : raw.domains()) {
      tables.add(Values.check(domain, "[[domain]]", Keys.DOMAIN, problems));
    }
    if (tables.isEmpty() && problems.isEmpty()) {
      String hint = "add a [[domain]] table with name and kernel";
      problems.add(new Problem(raw.top().where(), "the system has no domain", hint));
    }
    ImmutableMap<String, ImmutableList<String>> groups = groups(tables);
    checkDependencies(tables, groups);
    ServiceNames.check(tables, problems);
    checkTerminal(tables);
    ImmutableList<DomainDescription> domains = domains(tables, groups);
    ImmutableMap<String, Integer> domids = domids(groups);
    tables.forEach(table -> checkCmdline(table, domids));
    ImmutableList<DeviceDescription> devices = devices(raw, domids);
    if (!problems.isEmpty()) {
      throw new DescriptionException(problems);
    }
    String given = top.get(Keys.SYSTEM_NAME);
    return new SystemDescription(
        given.isEmpty() ? name : given,
        top.get(Keys.DESCRIPTION),
        top.get(Keys.SEED),
        top.get(Keys.TIME_LIMIT),
        domains,
        devices,
        fingerprint);
  }

  /** Name in the description -> names of the domains that it stands for. */
  private ImmutableMap<String, ImmutableList<String>> groups(List<Values> tables) {
    Map<String, ImmutableList<String>> groups = new LinkedHashMap<>();
    Map<String, Where> taken = new HashMap<>();
    for (Values table : tables) {
      if (!table.has(Keys.NAME)) {
        continue;
      }
      ImmutableList<String> names = names(table);
      for (String name : names) {
        Where first = taken.putIfAbsent(name, table.where(Keys.NAME));
        if (first != null) {
          problem(
              table.where(Keys.NAME),
              "the name \"" + name + "\" is taken",
              "the first domain of that name is at " + first);
          break;
        }
      }
      groups.putIfAbsent(table.get(Keys.NAME), names);
    }
    if (taken.size() > MAX_DOMAINS) {
      problem(
          tables.getFirst().where(Keys.COUNT),
          taken.size() + " domains are too many",
          "at most " + MAX_DOMAINS);
    }
    return ImmutableMap.copyOf(groups);
  }

  private static ImmutableList<String> names(Values table) {
    String name = table.get(Keys.NAME);
    int count = table.integer(Keys.COUNT);
    ImmutableList.Builder<String> names = ImmutableList.builder();
    for (int i = 1; i <= count; i++) {
      names.add(count == 1 ? name : name + "-" + i);
    }
    return names.build();
  }

  private void checkDependencies(
      List<Values> tables, ImmutableMap<String, ImmutableList<String>> groups) {
    Map<String, ImmutableList<String>> dependencies = new LinkedHashMap<>();
    for (Values table : tables) {
      if (!table.has(Keys.NAME)) {
        continue;
      }
      dependencies.putIfAbsent(table.get(Keys.NAME), table.get(Keys.DEPENDS_ON));
      for (String name : table.get(Keys.DEPENDS_ON)) {
        if (!groups.containsKey(name)) {
          problem(
              table.where(Keys.DEPENDS_ON),
              "depends_on: there is no domain \"" + name + "\"",
              Suggestion.hint(name, groups.keySet()));
        }
      }
    }
    Set<String> reported = new HashSet<>();
    for (Values table : tables) {
      if (table.has(Keys.NAME) && !reported.contains(table.get(Keys.NAME))) {
        Optional<List<String>> cycle =
            StartOrder.cycle(table.get(Keys.NAME), ImmutableMap.copyOf(dependencies));
        cycle.ifPresent(
            path -> {
              reported.addAll(path);
              problem(
                  table.where(Keys.DEPENDS_ON),
                  "depends_on: a cycle: " + String.join(" -> ", path),
                  "take one of these out");
            });
      }
    }
  }

  private void checkTerminal(List<Values> tables) {
    List<Values> terminals =
        tables.stream()
            .filter(table -> table.get(Keys.CONSOLE) == Keys.ConsoleKind.TERMINAL)
            .toList();
    if (!terminals.isEmpty() && terminals.getFirst().get(Keys.COUNT) > 1) {
      problem(terminals.getFirst().where(Keys.CONSOLE), "console: there is one terminal only", "");
    }
    for (Values second : terminals.stream().skip(1).toList()) {
      problem(second.where(Keys.CONSOLE), "console: another domain has the terminal", "");
    }
  }

  private ImmutableList<DomainDescription> domains(
      List<Values> tables, ImmutableMap<String, ImmutableList<String>> groups) {
    ImmutableList.Builder<DomainDescription> domains = ImmutableList.builder();
    int domid = 1;
    for (Values table : tables) {
      fingerprint.add(table.canonical(Keys.DOMAIN));
      if (!table.has(Keys.KERNEL)) {
        continue;
      }
      String kernel = table.get(Keys.KERNEL);
      Optional<Images.Loaded> loaded =
          images.load(base, kernel, table.where(Keys.KERNEL), problems);
      loaded.ifPresent(l -> fingerprint.add(l.bytes()));
      if (loaded.isEmpty() || !table.has(Keys.NAME)) {
        continue;
      }
      ImmutableList<String> dependsOn =
          table.get(Keys.DEPENDS_ON).stream()
              .flatMap(name -> groups.getOrDefault(name, ImmutableList.of()).stream())
              .collect(ImmutableList.toImmutableList());
      for (String name : names(table)) {
        domains.add(
            new DomainDescription(domid++, name, kernel, loaded.get().image(), dependsOn, table));
      }
    }
    return domains.build();
  }

  private static ImmutableMap<String, Integer> domids(
      ImmutableMap<String, ImmutableList<String>> groups) {
    Map<String, Integer> domids = new LinkedHashMap<>();
    groups.values().forEach(g -> g.forEach(name -> domids.putIfAbsent(name, domids.size() + 1)));
    return ImmutableMap.copyOf(domids);
  }

  private void checkCmdline(Values table, ImmutableMap<String, Integer> domids) {
    Where where = table.where(Keys.CMDLINE);
    Placeholders.check(table.get(Keys.CMDLINE), domids, where, problems);
    if (table.get(Keys.CMDLINE).length() > MAX_CMDLINE) {
      problem(where, "cmdline: longer than " + MAX_CMDLINE + " bytes", "");
    }
  }

  private ImmutableList<DeviceDescription> devices(
      RawSystem raw, ImmutableMap<String, Integer> domids) {
    ImmutableList.Builder<DeviceDescription> devices = ImmutableList.builder();
    Set<List<Object>> ports = new HashSet<>();
    Set<String> controllers = new HashSet<>();
    for (RawTable table : raw.devices()) {
      Values values = Values.check(table, "[[device]]", Keys.DEVICE, problems);
      fingerprint.add(values.canonical(Keys.DEVICE));
      if (!values.has(Keys.DEVICE_DOMAIN) || !values.has(Keys.TYPE)) {
        continue;
      }
      String domain = values.get(Keys.DEVICE_DOMAIN);
      Integer domid = domids.get(domain);
      if (domid == null) {
        problem(
            values.where(Keys.DEVICE_DOMAIN),
            "there is no domain \"" + domain + "\"",
            Suggestion.hint(domain, domids.keySet()));
        continue;
      }
      boolean nvme = values.get(Keys.TYPE) == DeviceKind.NVME;
      if (nvme) {
        checkNvme(values, domain, controllers);
      } else if (!ports.add(List.of(domain, values.get(Keys.PORT)))) {
        problem(
            values.where(Keys.PORT),
            "port: %s has a device at port 0x%x already".formatted(domain, values.get(Keys.PORT)),
            "");
      }
      devices.add(
          new DeviceDescription(
              domid,
              domain,
              nvme ? Optional.of(NvmeDescription.of(values, base)) : Optional.empty(),
              values));
    }
    return devices.build();
  }

  private void checkNvme(Values values, String domain, Set<String> controllers) {
    long block = values.get(Keys.BLOCK_SIZE);
    if (Long.bitCount(block) != 1) {
      problem(values.where(Keys.BLOCK_SIZE), "block_size: " + block, "a power of two: 512 to 4096");
    } else if (values.get(Keys.SIZE) < block || values.get(Keys.SIZE) % block != 0) {
      problem(values.where(Keys.SIZE), "size: not a whole number of blocks", "");
    }
    if (!controllers.add(domain)) {
      problem(
          values.where(Keys.TYPE),
          domain + " has an NVMe controller already",
          "give one controller several namespaces");
    }
  }

  private void problem(Where where, String message, String hint) {
    problems.add(new Problem(where, message, hint));
  }
}
