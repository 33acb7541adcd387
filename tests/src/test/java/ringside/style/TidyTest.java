package ringside.style;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What no compiler checks: lines, lengths, and words that do not belong. */
class TidyTest {
  private static final int COLUMNS = 100;

  /** A file that is longer is about more than one thing; tests may list many cases. */
  private static final int MAX_LINES = 600;

  private static final int MAX_TEST_LINES = 800;

  private static final String[] SOURCES = {".java", ".c", ".h", ".S", ".ld", ".sh", ".toml"};

  /** A rule about lines. Generated files are as their generator writes them. */
  private record Rule(String what, List<Path> files, Pattern forbidden) {}

  private static Stream<Rule> rules() {
    List<Path> sources = Sources.ending(SOURCES).stream().filter(file -> !generated(file)).toList();
    List<Path> core = in(sources, "vmm/src/main/java");
    List<Path> everything =
        Stream.concat(Sources.ending(".md", ".xml", ".abi", "Makefile").stream(), sources.stream())
            .toList();
    return Stream.of(
        new Rule("no tabs", sources, Pattern.compile("\t")),
        new Rule("no blanks at the end of a line", everything, Pattern.compile("[ \t]+$")),
        new Rule(
            "lines of at most " + COLUMNS + " columns",
            sources,
            Pattern.compile("^.{" + (COLUMNS + 1) + "}")),
        new Rule(
            "no paths of one machine",
            everything,
            Pattern.compile("/home/[a-z]|/Users/[a-z]|(?<![A-Za-z0-9.])/(work|root)/")),
        new Rule("no clock of the host in the hypervisor", core, call("System.nanoTime")),
        new Rule("no date of the host in the hypervisor", core, call("System.currentTimeMillis")),
        new Rule("no date of the host in the hypervisor", core, call("Instant.now")),
        new Rule("no randomness without a seed", core, call("Math.random")),
        new Rule("no randomness without a seed", core, Pattern.compile("new Random\\(\\)")),
        new Rule("no randomness without a seed", core, Pattern.compile("ThreadLocalRandom|Secure")),
        new Rule(
            "no threads in the hypervisor",
            core,
            Pattern.compile("new Thread\\b|Thread\\.start|Executors\\.|parallelStream")),
        new Rule(
            "no standard streams in the hypervisor", core, Pattern.compile("System\\.(out|err)")));
  }

  private static Pattern call(String name) {
    return Pattern.compile(Pattern.quote(name) + "\\b");
  }

  private static boolean generated(Path file) {
    String path = file.toString();
    return path.contains("/ringside/abi/gen/") || path.startsWith("guest-abi/include/");
  }

  private static List<Path> in(List<Path> files, String folder) {
    return files.stream().filter(file -> file.startsWith(folder)).toList();
  }

  @TestFactory
  Stream<DynamicTest> everyLineKeepsTheRules() {
    return rules().map(rule -> DynamicTest.dynamicTest(rule.what(), () -> check(rule)));
  }

  private static void check(Rule rule) {
    assertFalse(rule.files().isEmpty(), "the rule is about no file");
    List<String> wrong = new ArrayList<>();
    for (Path file : rule.files()) {
      if (file.endsWith("TidyTest.java")) {
        continue; // it holds the patterns
      }
      String[] lines = Sources.text(file).split("\n", -1);
      for (int i = 0; i < lines.length; i++) {
        if (rule.forbidden().matcher(lines[i]).find()) {
          wrong.add(file + ":" + (i + 1) + ": " + lines[i].strip());
        }
      }
    }
    assertNone(wrong, rule.what());
  }

  @Test
  void filesAreShortEnoughToBeReadToTheEnd() {
    List<String> wrong = new ArrayList<>();
    for (Path file : Sources.ending(".java", ".c", ".h", ".S")) {
      long lines = Sources.text(file).lines().count();
      boolean test = file.toString().contains("src/test/");
      if (!generated(file) && lines > (test ? MAX_TEST_LINES : MAX_LINES)) {
        wrong.add(file + ": " + lines + " lines");
      }
    }
    assertNone(wrong, "files are too long; split them");
  }

  /** Unordered maps are fine to look up in; going through one is not the same in every run. */
  @Test
  void theHypervisorGoesThroughNoUnorderedMap() {
    Pattern declared = Pattern.compile("(\\w+)\\s*=\\s*(?:\\w+\\s*=\\s*)?new Hash(?:Map|Set)\\b");
    List<String> wrong = new ArrayList<>();
    for (Path file : in(Sources.ending(".java"), "vmm/src/main/java")) {
      String text = Sources.text(file);
      declared
          .matcher(text)
          .results()
          .map(found -> found.group(1))
          .filter(name -> iterates(text, name))
          .forEach(name -> wrong.add(file + ": " + name));
    }
    assertNone(wrong, "use a LinkedHashMap, a TreeMap or a list");
  }

  private static boolean iterates(String text, String name) {
    String ways = "(?:forEach|values|keySet|entrySet|stream|iterator)\\(";
    return Pattern.compile("\\b" + name + "\\." + ways).matcher(text).find()
        || Pattern.compile(":\\s*" + name + "\\s*\\)").matcher(text).find();
  }

  private static void assertNone(List<String> wrong, String what) {
    assertTrue(wrong.isEmpty(), () -> what + ":\n" + String.join("\n", wrong));
  }
}
