package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.cli.run.RunHooks;
import ringside.cli.run.RunResult;
import ringside.cli.run.SystemRun;
import ringside.cli.system.DescriptionException;
import ringside.cli.system.SystemDescription;
import ringside.cli.system.SystemReader;
import ringside.cli.system.ValueOverride;
import ringside.cpu.jvm.JvmEngine;
import ringside.domain.ImageException;
import ringside.trace.EventGlobs;
import ringside.trace.TraceHeader;
import ringside.trace.TraceWriter;

/** A trace does not tell which tier of our engine ran the code, nor when it was translated. */
class TiersTest {
  /** Executions after which code is translated: soon, so that most of a short run is. */
  private static final int SOON = 16;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ping, ping.memory=16",
    "crash, app.memory=16", // a disk in memory: one in a file is another one in the next run
    "postmark, app.cmdline=number=5 transactions=10 read=4k write=4k verify"
  })
  void theTraceIsTheSameToTheByte(String system, String set) throws Exception {
    SystemDescription description = description(system, set);
    Path interpreted;
    try (JvmEngine never = new JvmEngine(task -> {})) {
      interpreted = trace(description, never, "interpreted");
      assertEquals(0, never.translations().statistics().translatedTicks());
    }
    try (JvmEngine atOnce = new JvmEngine(Runnable::run, SOON)) {
      same(interpreted, trace(description, atOnce, "translated-cold"));
      long cold = atOnce.translations().statistics().translatedTicks();
      assertTrue(cold > 0, "nothing was translated");
      same(interpreted, trace(description, atOnce, "translated-warm"));
    }
    try (ExecutorService background = Executors.newSingleThreadExecutor();
        JvmEngine beside = new JvmEngine(background, SOON)) {
      same(interpreted, trace(description, beside, "background-cold"));
      same(interpreted, trace(description, beside, "background-warm"));
      assertTrue(beside.translations().statistics().hits.sum() > 0, "the second run was not warm");
    }
  }

  private void same(Path first, Path second) throws IOException {
    long differs = Files.mismatch(first, second);
    assertEquals(-1, differs, () -> first + " and " + second + ": the first byte that differs");
  }

  private Path trace(SystemDescription system, JvmEngine engine, String name)
      throws IOException, ImageException {
    Path file = folder.resolve(name);
    TraceHeader header = TraceHeader.of(system.seed(), "jvm", system.hash(), EventGlobs.ALL, "");
    TraceWriter writer = TraceWriter.create(file, header, EventGlobs.ALL);
    RunResult result =
        SystemRun.run(system, engine, writer, (domid, domain, line) -> {}, new RunHooks() {});
    assertTrue(result.well(), () -> name + ": " + result.domains());
    return file;
  }

  private static SystemDescription description(String system, String set)
      throws IOException, DescriptionException {
    Path images = Cli.HOME.resolve("images");
    String text = Files.readString(images.resolve(system + ".toml"));
    List<ValueOverride> overrides = List.of(ValueOverride.parse(set));
    return SystemReader.read(system + ".toml", text, images, system, overrides);
  }
}
