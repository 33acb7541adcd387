package ringside.cpu.lockstep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import ringside.cpu.GuestException;
import ringside.cpu.lockstep.Call.Kind;

/** What is known is excused, and what is nearly that is not. */
class KnownTest {
  private static Call raised(int vector, int error) {
    return Call.of(new GuestException(vector, error, 0x1000, 0x1000));
  }

  @Test
  void outByRegisterToTheHypercallPortIsAHypercallForLibunicorn() {
    Call port = new Call(Kind.PORT_WRITE, 0xe7, 4, 0xffff_ffffL);
    Call call = new Call(Kind.HYPERCALL, -1, 0, 0);
    assertEquals(Optional.of(Known.PORT_IN_DX), Known.between(port, call));
    assertEquals(Optional.empty(), Known.between(port, new Call(Kind.HYPERCALL, 7, 0, 0)));
    Call narrow = new Call(Kind.PORT_WRITE, 0xe7, 2, 0xffff_ffffL);
    assertEquals(Optional.empty(), Known.between(narrow, call));
  }

  @Test
  void aHoleReadByAPageWalkIsOnesForUs() {
    Call ours = raised(GuestException.PF, 0x19);
    assertEquals(
        Optional.of(Known.HOLE_WALKED), Known.between(ours, raised(GuestException.PF, 0x10)));
    assertEquals(Optional.empty(), Known.between(raised(GuestException.PF, 0x10), ours));
    assertEquals(Optional.empty(), Known.between(ours, raised(GuestException.PF, 0)));
    assertEquals(Optional.empty(), Known.between(ours, raised(GuestException.GP, 0x10)));
  }

  @Test
  void libunicornDoesNotComeToWhatItNeverRaises() {
    assertEquals(Optional.of(Known.NO_XM), Known.before(raised(GuestException.XM, -1), false));
    Call undefined = raised(GuestException.UD, -1);
    assertEquals(Optional.of(Known.CODE_GONE), Known.before(undefined, true));
    assertEquals(Optional.empty(), Known.before(undefined, false));
  }

  @Test
  void wordsThatSeemToBeFlagsMayDifferInArithmeticOnes() {
    assertTrue(Registers.mayBeFlags(0x7_0000_0252L, 0x7_0000_0243L));
    assertFalse(Registers.mayBeFlags(0x7_0000_0252L, 0x7_0000_0052L), "IF");
    assertFalse(Registers.mayBeFlags(0x250, 0x241), "bit 1 is always set");
    assertFalse(Registers.mayBeFlags(0x7_0000_0252L, 0x8_0000_0243L), "the other half");
  }
}
