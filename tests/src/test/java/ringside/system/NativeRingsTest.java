package ringside.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rings of the guests, built for this computer: every schedule of small programs explored, with
 * the known mistakes that must be found; many threads under the compiler's sanitizers, their
 * histories checked. {@code make -C drivers/ring/native check} does the same.
 */
class NativeRingsTest {
  @TestFactory
  Stream<DynamicTest> theRingsAreLinearizableAndEveryKnownMistakeIsFound()
      throws IOException, InterruptedException {
    NativePrograms programs = NativePrograms.build("drivers/ring/native");
    return Stream.of(
            "ring-histories",
            "ring-garbage",
            "ring-explorer",
            "ring-stress-plain",
            "ring-stress-thread",
            "ring-stress-address")
        .map(program -> DynamicTest.dynamicTest(program, () -> programs.run(program)));
  }

  /**
   * What {@code bench --pcpus 2 rings} times natively; it ends with an error when a value is wrong.
   */
  @Test
  void theBenchmarkOfTheRingsTransfersEverythingAndInOrder()
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "two CPUs are needed");
    NativePrograms.build("domains/ringbench/native")
        .run("rings", Path.of("2"), Path.of("100000"), Path.of("1"));
  }
}
