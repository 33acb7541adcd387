package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two NVMe controllers under the same driver: the image nvme-check, which makes no hypercall, boots
 * here and on QEMU, and says the same about both.
 */
class NvmeCheckTest {
  private static final String QEMU = "qemu-system-x86_64";
  private static final long DISK_BYTES = 16L << 20;
  private static final String PREFIX = "nvme-check | ";
  private static final String LAST_LINE = "nvme-check: all ";

  /** What isa-debug-exit makes of the guest's 0. */
  private static final int QEMU_SUCCESS = 1;

  @TempDir Path folder;

  @Test
  void theControllerPassesEveryCheck() {
    Cli.assumeEngine();
    List<String> report = onRingside();
    assertTrue(report.getLast().startsWith(LAST_LINE), () -> String.join("\n", report));
  }

  @Test
  void qemusControllerGetsTheSameReportLineByLine() throws IOException, InterruptedException {
    Cli.assumeEngine();
    Assumptions.assumeTrue(qemuIsInstalled(), QEMU + " is not installed (dev setup installs it)");
    assertEquals(onQemu(), onRingside());
  }

  private static List<String> onRingside() {
    Cli.Result result = Cli.run("boot", "nvme-check", "--time-limit", "60s");
    assertEquals(0, result.code(), result::all);
    return result
        .out()
        .lines()
        .filter(line -> line.startsWith(PREFIX))
        .map(line -> line.substring(PREFIX.length()).stripTrailing())
        .toList();
  }

  private static boolean qemuIsInstalled() {
    for (String path : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(path, QEMU))) {
        return true;
      }
    }
    return false;
  }

  private List<String> onQemu() throws IOException, InterruptedException {
    Path disk = folder.resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.setLength(DISK_BYTES);
    }
    Path report = folder.resolve("report.txt");
    Path errors = folder.resolve("errors.txt");
    Process qemu =
        new ProcessBuilder(
                ImmutableList.of(
                    QEMU,
                    "-accel",
                    "tcg",
                    "-display",
                    "none",
                    "-nodefaults",
                    "-no-reboot",
                    "-m",
                    "64",
                    "-kernel",
                    Cli.IMAGES.resolve("nvme-check.elf").toString(),
                    "-debugcon",
                    "file:" + report,
                    "-device",
                    "isa-debug-exit,iobase=0x501,iosize=4",
                    "-drive",
                    "file=" + disk + ",if=none,id=disk,format=raw",
                    "-device",
                    "nvme,drive=disk,serial=ringside"))
            .redirectErrorStream(true)
            .redirectOutput(errors.toFile())
            .start();
    try {
      assertTrue(qemu.waitFor(120, TimeUnit.SECONDS), "QEMU does not come to an end");
    } finally {
      qemu.destroyForcibly();
    }
    String said = Files.readString(errors) + (Files.exists(report) ? Files.readString(report) : "");
    assertEquals(QEMU_SUCCESS, qemu.exitValue(), said);
    return Files.readString(report).lines().map(String::stripTrailing).toList();
  }
}
