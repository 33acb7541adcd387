package ringside.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A guest that others wrote: GRUB's own image for Xen PVH, unmodified. It finds its console, its
 * store and its memory map the way every Xen guest does.
 */
class GrubTest {
  private static final Path MODULES = Path.of("/usr/lib/grub/i386-xen_pvh");

  @TempDir Path folder;

  @Test
  void grubBootsPrintsItsMemoryMapAndShutsDown() throws IOException, InterruptedException {
    Cli.assumeEngine();
    Assumptions.assumeTrue(
        Files.isDirectory(MODULES), "GRUB for Xen PVH is not installed (package grub-xen-bin)");
    Path script = folder.resolve("early.cfg");
    Files.writeString(script, "echo \"GRUB is up\"\nlsmmap\nhalt\n");
    Path image = folder.resolve("grub.elf");
    Process make =
        new ProcessBuilder(
                "grub-mkimage",
                "-O",
                "i386-xen_pvh",
                "-o",
                image.toString(),
                "-p",
                "/",
                "-c",
                script.toString(),
                "echo",
                "lsmmap",
                "halt")
            .redirectErrorStream(true)
            .start();
    String said = new String(make.getInputStream().readAllBytes());
    assertEquals(0, make.waitFor(), said);

    Cli.Result result = Cli.run("boot", image.toString(), "--memory", "128", "--time-limit", "60s");

    assertEquals(0, result.code(), result::all);
    assertTrue(result.out().contains("GRUB is up"), result::all);
    assertTrue(result.out().contains("length = 0x8000000"), result::all);
    assertTrue(result.err().contains("poweroff"), result::all);
  }
}
