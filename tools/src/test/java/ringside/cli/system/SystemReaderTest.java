package ringside.cli.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import ringside.device.nvme.StorageClass;
import ringside.domain.DomainAction;
import ringside.domain.DomainConfig;

/** Descriptions, right and wrong. Wrong ones are told with exactly these words. */
class SystemReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void image() throws IOException {
    Files.write(folder.resolve("guest.elf"), pvhImage());
    Files.writeString(folder.resolve("text.elf"), "not an image, however long it may be: no, no");
  }

  /** The smallest ELF file with a PVH entry note: a header, and one note segment. */
  private static byte[] pvhImage() {
    ByteBuffer file = ByteBuffer.allocate(64 + 56 + 24).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    file.putShort(16, (short) 2).putShort(18, (short) 62).putLong(24, 0x100000).putLong(32, 64);
    file.putShort(54, (short) 56).putShort(56, (short) 1);
    file.putInt(64, 4).putLong(64 + 8, 120).putLong(64 + 32, 20).putLong(64 + 40, 20);
    file.putInt(120, 4).putInt(124, 4).putInt(128, 18).put(132, new byte[] {'X', 'e', 'n', 0});
    file.putInt(136, 0x100000);
    return file.array();
  }

  private SystemDescription read(String text, ValueOverride... overrides)
      throws DescriptionException {
    return SystemReader.read("s.toml", text, folder, "s", List.of(overrides));
  }

  private void assertProblems(String text, String... expected) {
    DescriptionException e = assertThrows(DescriptionException.class, () -> read(text));
    assertEquals(List.of(expected), Lists.transform(e.problems(), Problem::toString));
  }

  private record Wrong(String what, String text, String... problems) {}

  private static final String DOMAIN = "[[domain]]\nname = \"a\"\nkernel = \"guest.elf\"\n";
  private static final String OTHER = "[[domain]]\nname = \"b\"\nkernel = \"guest.elf\"\n";

  private static final String NVME = DOMAIN + "[[device]]\ntype = \"nvme\"\ndomain = \"a\"\n";

  private static final ImmutableList<Wrong> WRONG_DISKS =
      ImmutableList.of(
          new Wrong(
              "a size that is a number",
              NVME + "size = 64\n",
              "s.toml:7:1: size: must be a size in quotes, like \"256M\""),
          new Wrong(
              "a size that is none",
              NVME + "size = \"64 megabytes\"\n",
              "s.toml:7:1: size: \"64 megabytes\" is no size like 4096, 64K, 256M, 2G"),
          new Wrong(
              "a size beyond all disks",
              NVME + "  size = \"2000T\"\n",
              "s.toml:7:3: size: \"2000T\" is more than a disk can have"),
          new Wrong(
              "half a block",
              NVME + "block_size = 4096\nsize = \"6K\"\n",
              "s.toml:8:1: size: not a whole number of blocks"),
          new Wrong(
              "no block",
              NVME + "size = \"0\"\n",
              "s.toml:7:1: size: not a whole number of blocks"),
          new Wrong(
              "blocks of a thousand bytes",
              NVME + "block_size = 1000\n",
              "s.toml:7:1: block_size: 1000; a power of two: 512 to 4096"),
          new Wrong(
              "blocks too large",
              NVME + "block_size = 8192\n",
              "s.toml:7:1: block_size: 8192 is out of range: integer, 512 to 4096"),
          new Wrong(
              "too many namespaces",
              NVME + "namespaces = 17\n",
              "s.toml:7:1: namespaces: 17 is out of range: integer, 1 to 16"),
          new Wrong(
              "a serial number that NVMe has no room for",
              NVME + "serial = \"a-serial-number-of-22-c\"\n",
              "s.toml:7:1: serial: \"a-serial-number-of-22-c\" is no serial number of at"
                  + " most 20 characters"),
          new Wrong(
              "a class of storage that nobody sells",
              NVME + "latency = \"nvme-fats\"\n",
              "s.toml:7:1: latency: \"nvme-fats\" is not one of none, nvme-fast, nvme,"
                  + " sata-ssd, hdd, did you mean \"nvme-fast\"?"),
          new Wrong(
              "a cache of another kind",
              NVME + "write_cache = \"volatil\"\n",
              "s.toml:7:1: write_cache: \"volatil\" is not one of volatile, none, did you mean"
                  + " \"volatile\"?"),
          new Wrong(
              "two controllers",
              NVME + NVME.substring(DOMAIN.length()),
              "s.toml:8:1: a has an NVMe controller already; give one controller several"
                  + " namespaces"));

  private static final ImmutableList<Wrong> WRONG =
      ImmutableList.of(
          new Wrong(
              "nothing at all",
              "",
              "s.toml: the system has no domain; add a [[domain]] table with name and kernel"),
          new Wrong(
              "a misspelt key",
              DOMAIN + "memroy = 64\n",
              "s.toml:4:1: unknown key \"memroy\" in [[domain]]; did you mean \"memory\"?"),
          new Wrong(
              "a key of no resemblance, at the top",
              "colour = 1\n" + DOMAIN,
              "s.toml:1:1: unknown key \"colour\"; known: name, description, seed, time_limit"),
          new Wrong(
              "a misspelt table",
              DOMAIN + "[[devise]]\ntype = \"debugcon\"\n",
              "s.toml:4:1: unknown table \"devise\"; did you mean \"device\"?"),
          new Wrong(
              "one table where a list is meant",
              "[domain]\nname = \"a\"\n",
              "s.toml:1:1: \"domain\" must be a list of tables; write [[domain]]"),
          new Wrong(
              "text where a number is meant",
              DOMAIN + "memory = \"64\"\n",
              "s.toml:4:1: memory: must be an integer, 2 to 16384"),
          new Wrong(
              "a number that is too large",
              DOMAIN + "vcpus = 33\n",
              "s.toml:4:1: vcpus: 33 is out of range: integer, 1 to 32"),
          new Wrong(
              "a number where text is meant",
              DOMAIN + "cmdline = 7\n",
              "s.toml:4:1: cmdline: must be a text in quotes"),
          new Wrong(
              "a misspelt choice",
              DOMAIN + "on_crash = \"restrat\"\n",
              "s.toml:4:1: on_crash: \"restrat\" is not one of destroy, restart, preserve,"
                  + " did you mean \"restart\"?"),
          new Wrong(
              "two terminals",
              DOMAIN + "console = \"terminal\"\n" + OTHER + "console = \"terminal\"\n",
              "s.toml:8:1: console: another domain has the terminal"),
          new Wrong(
              "one terminal for several",
              DOMAIN + "count = 2\nconsole = \"terminal\"\n",
              "s.toml:5:1: console: there is one terminal only"),
          new Wrong(
              "a span of time without a unit",
              DOMAIN + "watchdog = \"5\"\n",
              "s.toml:4:1: watchdog: \"5\" is no span of time like 500us, 20ms, 3s"),
          new Wrong(
              "a service that nobody provides",
              DOMAIN + "provides = [\"storage\"]\n" + OTHER + "uses = [\"storag/1\"]\n",
              "s.toml:8:1: uses: no domain provides \"storag\"; did you mean \"storage\"?"),
          new Wrong(
              "two providers of one service",
              DOMAIN + "provides = [\"storage\"]\n" + OTHER + "provides = [\"storage\"]\n",
              "s.toml:8:1: provides: \"storage\" has a provider already;"
                  + " the first is at s.toml:4:1"),
          new Wrong(
              "many domains that would provide one service",
              DOMAIN + "count = 2\nprovides = [\"storage\"]\n",
              "s.toml:5:1: provides: the 2 domains of this table cannot;"
                  + " a service has one provider"),
          new Wrong(
              "a domain that uses its own service, and one that uses it twice",
              DOMAIN
                  + "provides = [\"storage\"]\nuses = [\"storage/1\"]\n"
                  + OTHER
                  + "uses = [\"storage/1\", \"storage/2\"]\n",
              "s.toml:5:1: uses: \"storage\" is what this domain provides itself",
              "s.toml:9:1: uses: \"storage\" is there twice; a domain uses one unit of a service"),
          new Wrong(
              "a service without a unit",
              DOMAIN + "uses = [\"storage\"]\n",
              "s.toml:4:1: uses: \"storage\" is no service with a unit from 1, like"
                  + " \"storage/1\""),
          new Wrong(
              "credentials that are a name, and some that are too large",
              DOMAIN + "credentials = \"root\"\n" + OTHER + "credentials = \"0:4294967295\"\n",
              "s.toml:4:1: credentials: \"root\" is no UID:GID, each 0 to 4294967294",
              "s.toml:8:1: credentials: \"0:4294967295\" is no UID:GID, each 0 to 4294967294"),
          new Wrong(
              "a name that is too long for the registry",
              DOMAIN + "provides = [\"storage-for-all-\"]\n",
              "s.toml:4:1: provides: \"storage-for-all-\" is no service: letters, digits, '-',"
                  + " '_', '.', at most 15"),
          new Wrong(
              "a missing name",
              "[[domain]]\nkernel = \"guest.elf\"\n",
              "s.toml:1:1: [[domain]] has no \"name\"; add name = (name of letters, digits, '-',"
                  + " '_', '.', at most 32)"),
          new Wrong(
              "a name twice",
              DOMAIN + DOMAIN,
              "s.toml:5:1: the name \"a\" is taken; the first domain of that name is at"
                  + " s.toml:2:1"),
          new Wrong(
              "a name that a count makes twice",
              "[[domain]]\nname = \"a-2\"\nkernel = \"guest.elf\"\n" + DOMAIN + "count = 3\n",
              "s.toml:5:1: the name \"a-2\" is taken;"
                  + " the first domain of that name is at s.toml:2:1"),
          new Wrong(
              "a dependency on nobody",
              DOMAIN + OTHER + "depends_on = [\"c\"]\n",
              "s.toml:7:1: depends_on: there is no domain \"c\"; did you mean \"a\"?"),
          new Wrong(
              "a cycle",
              DOMAIN + "depends_on = [\"b\"]\n" + OTHER + "depends_on = [\"a\"]\n",
              "s.toml:4:1: depends_on: a cycle: a -> b -> a; take one of these out"),
          new Wrong(
              "a domain that depends on itself",
              DOMAIN + "depends_on = [\"a\"]\n",
              "s.toml:4:1: depends_on: a cycle: a -> a; take one of these out"),
          new Wrong(
              "a placeholder for nobody",
              DOMAIN + "cmdline = \"peer={domid:bb}\"\n" + OTHER,
              "s.toml:4:1: cmdline: {domid:bb} names no domain; did you mean \"b\"?"),
          new Wrong(
              "a placeholder of no known kind",
              DOMAIN + "cmdline = \"id={domain:a}\"\n",
              "s.toml:4:1: cmdline: bad placeholder \"{domain:a}\"; write {domid:NAME} or {seed}"),
          new Wrong(
              "an image that is not there, nearly",
              "[[domain]]\nname = \"a\"\nkernel = \"gest.elf\"\n",
              "s.toml:3:1: kernel: there is no image \"gest.elf\"; did you mean \"guest.elf\"?"),
          new Wrong(
              "an image that is not there at all",
              "[[domain]]\nname = \"a\"\nkernel = \"nowhere/x.elf\"\n",
              "s.toml:3:1: kernel: there is no image \"nowhere/x.elf\"; the guests of this project"
                  + " are built by: tools/ringside dev guests"),
          new Wrong(
              "an image that is none",
              "[[domain]]\nname = \"a\"\nkernel = \"text.elf\"\n",
              "s.toml:3:1: kernel: text.elf: not an ELF file; give an x86 ELF image with a PVH"
                  + " entry note"),
          new Wrong(
              "a device for nobody",
              DOMAIN + "[[device]]\ntype = \"debugcon\"\ndomain = \"z\"\n",
              "s.toml:6:1: there is no domain \"z\"; did you mean \"a\"?"),
          new Wrong(
              "two devices at one port",
              DOMAIN + "[[device]]\ntype = \"debugcon\"\ndomain = \"a\"\n".repeat(2),
              "s.toml:7:1: port: a has a device at port 0xe9 already"),
          new Wrong(
              "several errors, all told",
              "seed = -1\n" + DOMAIN + "memory = 1\nvpcus = 2\n",
              "s.toml:1:1: seed: -1 is out of range: integer, from 0",
              "s.toml:5:1: memory: 1 is out of range: integer, 2 to 16384",
              "s.toml:6:1: unknown key \"vpcus\" in [[domain]]; did you mean \"vcpus\"?"));

  @TestFactory
  Stream<DynamicTest> wrongDescriptionsAreToldExactly() {
    return Stream.concat(WRONG.stream(), WRONG_DISKS.stream())
        .map(
            wrong ->
                DynamicTest.dynamicTest(
                    wrong.what(), () -> assertProblems(wrong.text(), wrong.problems())));
  }

  @Test
  void whatIsNoTomlIsToldWithItsPlace() {
    DescriptionException e =
        assertThrows(DescriptionException.class, () -> read("[[domain]]\nname = = 1\n"));
    assertEquals(new Where("s.toml", 2, 8), e.problems().getFirst().where());
  }

  @Test
  void absentKeysHaveTheDefaultsOfTheTable() throws DescriptionException {
    SystemDescription system = read(DOMAIN);
    DomainConfig config = system.domains().getFirst().config(system.domids(), system.seed());
    assertEquals("s", system.name());
    assertEquals(1, system.seed());
    assertEquals(64, config.memoryMib());
    assertEquals(1, config.vcpus());
    assertEquals(256, config.weight());
    assertEquals(DomainAction.DESTROY, config.onCrash());
  }

  @Test
  void aDiskHasTheDefaultsOfTheTable() throws DescriptionException {
    NvmeDescription nvme = read(NVME).devices().getFirst().nvme().orElseThrow();
    assertEquals(List.of(Optional.empty()), nvme.files());
    assertEquals(64L << 20, nvme.bytes());
    assertEquals(512, nvme.blockBytes());
    assertEquals("ringside", nvme.serial());
    assertEquals(StorageClass.NVME, nvme.storageClass());
    assertTrue(nvme.writeCache());
  }

  @Test
  void aDisksFilesLieBesideTheDescription() throws DescriptionException {
    String text =
        NVME
            + "file = \"d.img\"\nnamespaces = 2\nsize = \"1M\"\nblock_size = 4096\n"
            + "latency = \"sata-ssd\"\nwrite_cache = \"none\"\n";
    NvmeDescription nvme = read(text).devices().getFirst().nvme().orElseThrow();
    assertEquals(
        List.of(Optional.of(folder.resolve("d.img")), Optional.of(folder.resolve("d.img.2"))),
        nvme.files());
    assertEquals(1 << 20, nvme.bytes());
    assertEquals(4096, nvme.blockBytes());
    assertEquals(StorageClass.SATA_SSD, nvme.storageClass());
    assertFalse(nvme.writeCache());
  }

  @Test
  void placeholdersBecomeDomids() throws DescriptionException {
    SystemDescription system = read(DOMAIN + "cmdline = \"me={domid:a} it={domid:b}\"\n" + OTHER);
    assertEquals(
        "me=1 it=2", system.domains().getFirst().config(system.domids(), system.seed()).cmdline());
  }

  @Test
  void aCountMakesThatManyDomainsAndADependencyMeansAllOfThem() throws DescriptionException {
    SystemDescription system = read(OTHER + "depends_on = [\"a\"]\n" + DOMAIN + "count = 3\n");
    assertEquals(
        List.of("b", "a-1", "a-2", "a-3"),
        Lists.transform(system.domains(), DomainDescription::name));
    assertEquals(
        List.of("a-1", "a-2", "a-3", "b"),
        Lists.transform(system.startOrder(), DomainDescription::name));
  }

  @Test
  void optionsGoOverTheDescription() throws DescriptionException {
    SystemDescription system =
        read(
            DOMAIN + "memory = 8\n",
            ValueOverride.ofOnlyDomain("memory", 128L),
            ValueOverride.parse("a.on_crash=restart"),
            ValueOverride.parse("seed=7"));
    DomainConfig config = system.domains().getFirst().config(system.domids(), system.seed());
    assertEquals(128, config.memoryMib());
    assertEquals(DomainAction.RESTART, config.onCrash());
    assertEquals(7, system.seed());
  }

  @Test
  void anOptionForTheOnlyDomainIsRefusedWhereThereAreTwo() {
    DescriptionException e =
        assertThrows(
            DescriptionException.class,
            () -> read(DOMAIN + OTHER, ValueOverride.ofOnlyDomain("memory", 8L)));
    assertEquals(
        "--memory: the system has 2 domains: which one is meant?; write --set DOMAIN.memory=8",
        e.getMessage());
  }

  @Test
  void theHashTellsDomainsApartButNotPlacesOrSeeds() throws DescriptionException, IOException {
    String hash = read(DOMAIN).hash();
    assertEquals(hash, read("\n# a remark\n" + DOMAIN).hash());
    assertNotEquals(hash, read(DOMAIN + "memory = 32\n").hash());
    assertEquals(hash, read("seed = 2\n" + DOMAIN).hash());
    byte[] other = pvhImage();
    other[138] = 0x20;
    Files.write(folder.resolve("guest.elf"), other);
    assertNotEquals(hash, read(DOMAIN).hash());
  }
}
