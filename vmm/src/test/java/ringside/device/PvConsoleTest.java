package ringside.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_CONSOLE_EVTCHN;
import static ringside.abi.gen.HvmAbi.HVM_PARAM_CONSOLE_PFN;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.domain.Domain;
import ringside.domain.FakeEngine;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.Verdict;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/** The console as a guest sees it: a page, a port, and what people read. */
class PvConsoleTest {
  private static final int IN_CONS = 0xc00;
  private static final int IN_PROD = 0xc04;
  private static final int OUT_CONS = 0xc08;
  private static final int OUT_PROD = 0xc0c;
  private static final int OUT = 0x400;

  private final Machines.Heard heard = new Machines.Heard();
  private final Machine machine = Machines.machine(new FakeEngine(), heard);
  private final Domain domain = Machines.domain(machine, "one");
  private final PvConsole console = domain.console();
  private final long page = domain.params().get(HVM_PARAM_CONSOLE_PFN) << 12;
  private final int port = (int) domain.params().get(HVM_PARAM_CONSOLE_EVTCHN);

  @AfterEach
  void close() {
    machine.close();
  }

  private int u32(int offset) throws GuestFault {
    return domain.space().u32(new Gpa(page + offset));
  }

  private void u32(int offset, int value) throws GuestFault {
    domain.space().u32(new Gpa(page + offset), value);
  }

  private void print(String text) throws GuestFault {
    int prod = u32(OUT_PROD);
    for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
      domain.space().u8(new Gpa(page + OUT + (prod++ & 2047)), b);
    }
    u32(OUT_PROD, prod);
    assertEquals(0, domain.events().send(port, 0, 0));
  }

  @Test
  void whatIsInTheRingIsHeardAndTheGuestIsTold() throws GuestFault {
    print("hello\r\n");
    assertEquals("hello\r\n", heard.console.toString());
    assertEquals(7, u32(OUT_CONS));
    assertTrue(domain.sharedInfo().pending(port));
  }

  @Test
  void outputWrapsAroundTheRing() throws GuestFault {
    u32(OUT_CONS, 0xffff_fff0);
    u32(OUT_PROD, 0xffff_fff0);
    String text = "0123456789abcdefghijklmnopqrstuvwxyz\n".repeat(50);
    print(text);
    assertEquals(text, heard.console.toString());
    assertEquals(0xffff_fff0 + text.length(), u32(OUT_CONS));
  }

  @Test
  void impossiblePositionsAreNoticedOnceAndLeftAlone() throws GuestFault {
    u32(OUT_PROD, 2049);
    console.drain();
    console.drain();
    assertEquals("", heard.console.toString());
    assertEquals(0, u32(OUT_CONS));
    assertEquals(1, heard.notices.toString().lines().count());
    u32(OUT_PROD, 0);
    print("sane again");
    assertEquals("sane again", heard.console.toString());
  }

  @Test
  void aNoisyEventWithoutBytesIsNotAnswered() {
    domain.events().send(port, 0, 0);
    assertFalse(domain.sharedInfo().pending(port));
  }

  @Test
  void inputWaitsUntilTheGuestHasRoom() throws GuestFault {
    byte[] typed = "x".repeat(1500).getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(1500, console.input(typed));
    assertEquals(1024, u32(IN_PROD));
    assertTrue(domain.sharedInfo().pending(port));
    u32(IN_CONS, 1000);
    domain.events().send(port, 0, 0);
    assertEquals(1500, u32(IN_PROD));
    assertEquals(PvConsole.MAX_INPUT, console.input(new byte[1 << 20]));
    assertEquals(524, console.input(new byte[1 << 20]), "as much as went into the ring");
  }

  @Test
  void anEventWithNothingToTakeAsksForInputUntilThereIsSome() throws GuestFault {
    assertFalse(console.asks());
    print("prompt> ");
    assertFalse(console.asks(), "it printed");
    console.drain();
    assertFalse(console.asks(), "it did nothing");
    domain.events().send(port, 0, 0);
    assertTrue(console.asks());
    console.input(new byte[] {'x', '\n'});
    assertFalse(console.asks(), "it has some");
    domain.events().send(port, 0, 0);
    assertFalse(console.asks(), "it has not taken it");
    u32(IN_CONS, 2);
    domain.events().send(port, 0, 0);
    assertFalse(console.asks(), "it tells that it has taken it");
    domain.events().send(port, 0, 0);
    assertTrue(console.asks());
  }

  @Test
  void theLastVerdictCountsEvenInPiecesAndWithCarriageReturns() throws GuestFault {
    assertEquals(Verdict.NONE, console.verdict());
    print("Test result: FAILURE\r\nTest res");
    assertEquals(Verdict.FAILURE, console.verdict());
    print("ult: SUCC");
    print("ESS\r\n");
    assertEquals(Verdict.SUCCESS, console.verdict());
    print("a line that says Test result: ERROR somewhere\n");
    assertEquals(Verdict.SUCCESS, console.verdict());
    print("Test result: SKIP");
    assertEquals(Verdict.SKIP, console.verdict());
  }

  @Test
  void aClosedPortHearsNothingMore() throws GuestFault {
    assertEquals(0, domain.events().close(port));
    u32(OUT_PROD, 3);
    console.drain();
    assertEquals(3, u32(OUT_CONS));
    assertFalse(domain.sharedInfo().pending(port));
  }
}
