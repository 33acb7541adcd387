package ringside.hypercall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.ConsoleAbi.CONSOLEIO_read;
import static ringside.abi.gen.ConsoleAbi.CONSOLEIO_write;
import static ringside.abi.gen.ErrnoAbi.EFAULT;
import static ringside.abi.gen.ErrnoAbi.ENOSYS;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_console_io;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.domain.Domain;
import ringside.domain.FakeEngine;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

class ConsoleIoTest {
  private static final long TEXT = 0x20_0000;
  private static final long MIB = 1 << 20;

  private final Machines.Heard heard = new Machines.Heard();
  private final Machine machine = Machines.machine(new FakeEngine(), heard);
  private final Domain domain = Machines.domain(machine, "one");

  @AfterEach
  void close() {
    machine.close();
  }

  private long call(long... args) {
    long result = Machines.cpu(domain).hypercall(__HYPERVISOR_console_io, args);
    while (domain.vcpu(0).continuation() != null) {
      result = domain.vcpu(0).continuation().resume();
      if (result != Hypercall.UNFINISHED) {
        domain.vcpu(0).continuation(null);
      }
    }
    return result;
  }

  @Test
  void aWriteIsHeard() throws GuestFault {
    byte[] text = "one line\n".getBytes(StandardCharsets.ISO_8859_1);
    domain.space().write(new Gpa(TEXT), text);
    assertEquals(0, call(CONSOLEIO_write, text.length, TEXT));
    assertEquals("one line\n", heard.console.toString());
  }

  @Test
  void nobodyTypesAndOtherOperationsAreUnknown() {
    assertEquals(0, call(CONSOLEIO_read, 100, TEXT));
    assertEquals(-ENOSYS, call(7, 100, TEXT));
  }

  @Test
  void aWriteOf2GibStopsAtTheFirstBadPage() {
    assertEquals(-EFAULT, call(CONSOLEIO_write, 0x8000_0000L, 63 * MIB));
    assertEquals(MIB, heard.console.length());
    assertEquals(-EFAULT, call(CONSOLEIO_write, 0xffff_ffffL, -1));
  }

  @Test
  void aFloodIsCutWithOneNotice() {
    assertEquals(0, call(CONSOLEIO_write, 32 * MIB, TEXT));
    assertEquals(0, call(CONSOLEIO_write, 32 * MIB, TEXT));
    assertTrue(heard.console.length() <= 2 * MIB, heard.console.length() + " bytes");
    assertEquals(1, heard.notices.toString().lines().count());
  }

  @Test
  void onlyTheLower32BitsOfTheCountCount() {
    assertEquals(0, call(CONSOLEIO_write, 1L << 32, TEXT));
    assertEquals("", heard.console.toString());
  }
}
