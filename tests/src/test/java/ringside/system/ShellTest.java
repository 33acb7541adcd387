package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The system files: sessions at its shell, on a disk that begins empty; e2fsprogs judge. */
class ShellTest {
  /** What a session of {@link #WORK} shows, behind the welcome. */
  private static final String SHOWN =
      """
      / $ mkdir -p a/b; cd a
      /a $ echo one > b/x; echo two >> b/x; cat b/x
      one
      two
      /a $ cp b/x y; mv y "a name"; ln -s b/x link; ls
      a name  b       link
      /a $ cat link 'a name' | nothing
      one
      two
      one
      two
      cat: |: No such file or directory
      cat: nothing: No such file or directory
      /a $ rm -r b; cat link; echo $?
      cat: link: No such file or directory
      1
      /a $ sync; exit
      """;

  private static final String WORK =
      SHOWN
          .lines()
          .filter(line -> line.contains("$ "))
          .map(line -> line.replaceFirst(".*? \\$ ", "") + "\n")
          .reduce("", String::concat);

  @TempDir Path folder;

  private Path image;
  private String system;

  @BeforeEach
  void prepare() throws IOException {
    Cli.assumeEngine();
    image = folder.resolve("files.img");
    String images = "\"" + Cli.HOME.resolve("images/build/");
    system =
        Files.writeString(
                folder.resolve("files.toml"),
                Files.readString(Cli.HOME.resolve("images/files.toml"))
                    .replace("\"build/files.img", "\"" + image)
                    .replace("\"build/", images + "/"))
            .toString();
  }

  private Cli.Result session(String typed, String... more) {
    List<String> command = new ArrayList<>(List.of("boot", system));
    command.addAll(Arrays.asList(more));
    return Cli.type(typed, command.toArray(String[]::new));
  }

  /** What was shown from the first prompt on. */
  private static String behindTheWelcome(Cli.Result result) {
    int prompt = result.out().indexOf("/ $ ");
    assertTrue(prompt > 0, result::all);
    return result.out().substring(prompt);
  }

  @Test
  void whatIsLeftIsThereAtTheNextBoot() throws Exception {
    Cli.Result first = session(WORK);
    assertEquals(0, first.code(), first::all);
    assertEquals(SHOWN, behindTheWelcome(first), first::all);
    E2fs.assertClean(image);
    String found = E2fs.run("debugfs", "-R", "cat \"/a/a name\"", image.toString());
    assertTrue(found.endsWith("one\ntwo\n"), found);
    Cli.Result second = session("cat \"/a/a name\"; ls -l a\n");
    assertEquals(0, second.code(), second::all);
    String shown = behindTheWelcome(second);
    assertTrue(shown.contains("one\ntwo\n"), second::all);
    assertTrue(
        shown.contains("-rw-r--r--   1    0    0          8 2025-10-13 00:00 a name"), shown);
    assertTrue(shown.contains("link -> b/x"), shown);
    assertTrue(shown.endsWith("/ $ \n"), "the input ended: " + shown);
    E2fs.assertClean(image);
  }

  /** Long after its first line, in the midst of others. */
  @Test
  void whatWasDoneBeforeThePowerWentIsThere() throws Exception {
    String typed = "echo safe > note\n" + "cat note\n".repeat(30);
    Matcher end = Pattern.compile("after ([0-9.]+) ms of virtual").matcher(session(typed).err());
    assertTrue(end.find());
    long cut = (long) (Double.parseDouble(end.group(1)) * 600);
    Files.delete(image);
    session(typed, "--power-cut", cut + "us");
    Cli.Result after = session("cat note\n");
    assertTrue(behindTheWelcome(after).contains("\nsafe\n"), after::all);
    E2fs.assertClean(image);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs:kill:probe=ivmc_serve#9",
        "fs:kill:probe=ivmc_serve#23",
        "fs:kill:probe=ring_enqueue#60",
        "storage:kill:probe=nvme_submit#40",
        "storage:kill:probe=nvme_complete#55"
      })
  void aSessionShowsTheSameWhenAServerIsKilledMeanwhile(String fault) throws Exception {
    session("");
    Cli.Result result = session(WORK, "--fault", fault);
    assertEquals(0, result.code(), result::all);
    assertTrue(result.err().contains("was away for"), result::all);
    assertEquals(SHOWN, behindTheWelcome(result), result::all);
    E2fs.assertClean(image);
  }

  @Test
  void twoSessionsOfTheSameLinesHaveTheSameTrace() throws Exception {
    Path one = folder.resolve("one.trace");
    Path two = folder.resolve("two.trace");
    session(WORK, "--trace-out", one.toString());
    Files.delete(image);
    session(WORK, "--trace-out", two.toString());
    assertEquals(-1, Files.mismatch(one, two));
  }

  private void assertSays(String script, int code, String said) {
    Cli.Result result = session("", "--set", "shell.cmdline=script=" + script);
    assertEquals(code, result.code(), result::all);
    assertTrue(
        result.out().endsWith(said) || result.out().contains(said + "exit status"), result::all);
  }

  @Test
  void aScriptEndsWithTheStatusOfItsLastCommand() {
    assertSays("echo well", 0, "well\n");
    assertSays("cat x; echo $?", 0, "cat: x: No such file or directory\n1\n");
    assertSays("cat x", 1, "cat: x: No such file or directory\n");
    assertSays("exit 3; echo never", 1, "");
  }

  @Test
  void errorsAreToldAsPosixToolsTellThem() {
    assertSays("cat /", 1, "cat: /: Is a directory\n");
    assertSays("mkdir a; mkdir a", 1, "mkdir: a: File exists\n");
    assertSays("touch a/f; rmdir a", 1, "rmdir: a: Directory not empty\n");
    assertSays("rm a", 1, "rm: a: Is a directory\n");
    assertSays("cd a/f", 1, "cd: a/f: Not a directory\n");
    assertSays("ln a b", 1, "ln: b: Operation not permitted\n");
    assertSays("ln -s loop loop; cat loop", 1, "cat: loop: Too many levels of symbolic links\n");
    assertSays("echo x > a", 1, "shell: a: Is a directory\n");
    assertSays("cp a/f a/f", 1, "cp: a/f: is the same file as its copy\n");
    assertSays("mv a a/c", 1, "mv: a: Invalid argument\n");
    assertSays("rm -r /", 1, "rm: /: it is not removed\n");
    assertSays("cd a; rm -rf ../a/..", 1, "rm: ../a/..: it is not removed\n");
    assertSays("rm -r a/; ls", 0, "loop        lost+found\n");
    assertSays("nothing", 1, "nothing: command not found (help lists what there is)\n");
    assertSays("ls -x", 1, "usage: ls [-al] [FILE]...\n");
    assertSays("echo 'x", 1, "shell: a quote is not closed\n");
  }
}
