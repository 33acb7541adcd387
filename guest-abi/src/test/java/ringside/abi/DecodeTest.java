package ringside.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import ringside.abi.gen.GnttabMapGrantRef;
import ringside.abi.gen.GrantEntryV1;
import ringside.abi.gen.XenCompileInfo;

final class DecodeTest {
  private static AbiHypercall call(String name) {
    return Abi.xen().hypercall(name).orElseThrow();
  }

  @Test
  void flagsAreNamedOneByOneAndWhatIsLeftIsANumber() {
    GrantEntryV1 entry = GrantEntryV1.zero(Width.W64);
    entry.flags(0x1 | 0x8 | 0x4000);
    assertEquals(
        "flags=GTF_permit_access|GTF_reading|0x4000",
        Abi.xen().decode("grant_entry_v1", Width.W64, entry.bytes()).getFirst().toString());
  }

  @Test
  void aNegativeStatusHasItsName() {
    GnttabMapGrantRef map = GnttabMapGrantRef.zero(Width.W64);
    map.status(-3);
    AbiValue status =
        Abi.xen().decode("gnttab_map_grant_ref", Width.W64, map.bytes()).stream()
            .filter(v -> v.name().equals("status"))
            .findFirst()
            .orElseThrow();
    assertEquals(new AbiValue("status", -3, "GNTST_bad_gntref"), status);
  }

  @Test
  void textIsQuoted() {
    XenCompileInfo info = XenCompileInfo.zero(Width.W64);
    info.compiler("a \"b\"");
    assertEquals(
        "compiler=\"a \\\"b\\\"\"",
        Abi.xen().decode("xen_compile_info", Width.W64, info.bytes()).getFirst().toString());
  }

  @Test
  void argumentsComeFromTheRegistersOfTheirWidth() {
    assertEquals(
        "[cmd=EVTCHNOP_send, arg=0xdeadbeef]",
        Abi.xen()
            .decodeArguments(
                call("event_channel_op"), Width.W64, 0xffff_ffff_0000_0004L, 0xdeadbeefL)
            .toString());
    assertEquals(
        "[timeout=0x100000005]",
        Abi.xen().decodeArguments(call("set_timer_op"), Width.W32, 5, 1).toString());
    assertEquals(
        "[timeout=7]", Abi.xen().decodeArguments(call("set_timer_op"), Width.W64, 7).toString());
  }

  @Test
  void tooFewBytesOrAnUnknownNameAreRefused() {
    Abi xen = Abi.xen();
    assertThrows(
        IllegalArgumentException.class, () -> xen.decode("evtchn_send", Width.W64, new byte[3]));
    assertThrows(
        IllegalArgumentException.class, () -> xen.decode("no_such", Width.W64, new byte[3]));
  }

  @Test
  void anErrorHasANameAndAValueHasNone() {
    assertEquals(Optional.of("EINVAL"), Errno.name(-22));
    assertEquals("-EINVAL", Errno.format(-22));
    assertEquals(Optional.empty(), Errno.name(22));
    assertEquals("4096", Errno.format(4096));
    assertEquals("-5000", Errno.format(-5000));
    assertEquals("-4095", Errno.format(-4095));
  }
}
