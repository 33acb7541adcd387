package ringside.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole systems on both engines at once: not one register nor byte of memory differs, from boot to
 * shutdown. {@code tools/ringside dev lockstep} runs all that there are.
 */
class LockstepTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "ping",
        "welcome",
        "storage",
        "crash",
        "power",
        "fuzz --set fuzz.cmdline=calls=2000",
        "fsx --set app.cmdline=steps=100",
        "hostile-balloon-code",
        "hostile-page-tables",
        "hostile-ports-io",
        "hostile-vcpu-context",
        "test-user-mode",
        "test-compat32",
        "test-exceptions-fpu",
        "test-exceptions-sse",
        "test-single-step",
        "test-smp-stress --vcpus 4 --memory 64"
      })
  void bothEnginesDoTheSame(String arguments) {
    Assumptions.assumeTrue(Cli.unicornIsThere(), "lock step needs libunicorn, which is not here");
    Stream<String> command = Stream.of(("boot " + arguments).split(" "));
    Cli.Result result =
        Cli.run(Stream.concat(command, Stream.of("--engine", "lockstep")).toArray(String[]::new));
    assertFalse(result.all().contains("the CPU engine gave up"), result::all);
    assertTrue(result.all().contains("all domains stopped"), result::all);
  }
}
