package ringside.device.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages go out when nothing forbids them, and once. */
class MsixTableTest {
  private static final int ENTRY = 16;
  private static final int CONTROL = 12;

  private final List<String> sent = new ArrayList<>();
  private final MsixTable table =
      new MsixTable(
          40, (address, data, cause) -> sent.add("%x %x %d".formatted(address, data, cause)));

  @BeforeEach
  void open() {
    table.write(33 * ENTRY, 0xfee0_1007);
    table.write(33 * ENTRY + 4, 1);
    table.write(33 * ENTRY + 8, 0x41);
    table.write(33 * ENTRY + CONTROL, 0);
    table.control(true, false, true);
  }

  private void sent(String... messages) {
    assertEquals(List.of(messages), sent);
    sent.clear();
  }

  @Test
  void aMessageIsWhatTheEntrySays() {
    table.raise(33, 5);
    sent("1fee01004 41 5");
    assertEquals(0, table.readPending(4));
  }

  @Test
  void aMaskedVectorIsPendingAndSentOnceWhenUnmasked() {
    table.write(33 * ENTRY + CONTROL, -1);
    assertEquals(1, table.read(33 * ENTRY + CONTROL), "only the mask bit can be written");
    table.raise(33, 5);
    table.raise(33, 6);
    sent();
    assertEquals(2, table.readPending(4));
    assertEquals(0, table.readPending(0));
    table.write(33 * ENTRY + CONTROL, 0);
    sent("1fee01004 41 6");
    assertEquals(0, table.readPending(4));
    table.write(33 * ENTRY + CONTROL, 0);
    sent();
  }

  @Test
  void theFunctionsMaskHoldsAllBack() {
    table.control(true, true, true);
    table.raise(33, 5);
    assertEquals(2, table.readPending(4));
    sent();
    table.control(true, false, true);
    sent("1fee01004 41 5");
  }

  @Test
  void aFunctionThatIsNoBusMasterSendsLater() {
    table.control(true, false, false);
    table.raise(33, 5);
    sent();
    table.control(true, false, true);
    sent("1fee01004 41 5");
  }

  @Test
  void whileMessagesAreOffNothingIsEvenPending() {
    table.control(false, false, true);
    table.raise(33, 5);
    assertEquals(0, table.readPending(4));
    table.control(true, false, true);
    sent();
  }

  @Test
  void aVectorIsMaskedUntilSomebodyOpensIt() {
    table.raise(2, 5);
    assertEquals(4, table.readPending(0));
    table.withdraw(2);
    assertEquals(0, table.readPending(0));
    table.write(2 * ENTRY + CONTROL, 0);
    sent();
  }

  @Test
  void aResetForgetsEverything() {
    table.write(33 * ENTRY + CONTROL, 1);
    table.raise(33, 5);
    table.reset();
    assertEquals(0, table.readPending(4));
    assertEquals(0, table.read(33 * ENTRY));
    assertEquals(1, table.read(33 * ENTRY + CONTROL));
    table.write(33 * ENTRY + CONTROL, 0);
    table.raise(33, 6);
    sent();
  }
}
