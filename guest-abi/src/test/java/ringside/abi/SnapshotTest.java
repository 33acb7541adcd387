package ringside.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.abi.gen.EvtchnSend;
import ringside.abi.gen.EvtchnStatus;
import ringside.abi.gen.GnttabCopy;
import ringside.abi.gen.GnttabMapGrantRef;
import ringside.abi.gen.SharedInfo;
import ringside.abi.gen.VcpuHvmContext;
import ringside.abi.gen.XenAddToPhysmap;
import ringside.abi.gen.XenCompileInfo;

final class SnapshotTest {
  @Test
  void aSetterWritesTheBytesThatTheGuestSees() {
    EvtchnSend send = EvtchnSend.of(new byte[4], Width.W64);
    send.port(0x0403_0201);
    assertArrayEquals(new byte[] {1, 2, 3, 4}, send.bytes());
  }

  @Test
  void unsignedFieldsAreZeroExtendedAndSignedOnesSignExtended() {
    EvtchnSend send = EvtchnSend.of(new byte[] {-1, -1, -1, -1}, Width.W32);
    assertEquals(0xffff_ffffL, send.port());
    GnttabMapGrantRef map = GnttabMapGrantRef.zero(Width.W64);
    map.status(-8);
    map.handle(-1);
    assertEquals(-8, map.status());
    assertEquals(0xffff_ffffL, map.handle());
  }

  @Test
  void aFieldLiesWhereTheWidthOfTheCallerPutsIt() {
    for (Width width : Width.values()) {
      XenAddToPhysmap add = XenAddToPhysmap.zero(width);
      add.gpfn(0x1234_5678);
      int at = XenAddToPhysmap.GPFN.offset(width);
      assertEquals(width == Width.W64 ? 16 : 12, at);
      assertEquals(0x78, add.bytes()[at]);
      assertEquals(0x1234_5678, add.gpfn());
      assertEquals(add.bytes().length, XenAddToPhysmap.size(width));
    }
  }

  @Test
  void aNestedStructureSharesTheBytesOfItsOuterOne() {
    for (Width width : Width.values()) {
      GnttabCopy copy = GnttabCopy.zero(width);
      copy.dest().uRef(77);
      copy.dest().domid(3);
      assertEquals(77, copy.dest().uGmfn());
      assertEquals(0, copy.source().uRef());
      assertEquals(3, copy.bytes()[GnttabCopy.DEST.offset(width) + (width == Width.W64 ? 8 : 4)]);
    }
    VcpuHvmContext context = VcpuHvmContext.zero(Width.W64);
    context.cpuRegsX86_64().rip(0x1000);
    assertEquals(0x1000, context.cpuRegsX86_64().rip());
  }

  @Test
  void anElementOutsideItsArrayIsRefused() {
    SharedInfo info = SharedInfo.zero(Width.W32);
    info.evtchnPending(31, 1);
    assertEquals(1, info.evtchnPending(31));
    assertThrows(IndexOutOfBoundsException.class, () -> info.evtchnPending(32));
    assertEquals(0x7c0, SharedInfo.VCPU_INFO.offset(Width.W32) + 31 * 0x40);
    info.vcpuInfo(31).evtchnPendingSel(5);
    assertEquals(5, info.bytes()[0x7c0 + 4]);
  }

  @Test
  void aFieldOfTheOtherWidthIsRefused() {
    SharedInfo info = SharedInfo.zero(Width.W32);
    assertThrows(IllegalArgumentException.class, info::wcSecHi);
    info.arch().wcSecHi(9);
    assertEquals(9, info.bytes()[0x90c + 0x18]);
  }

  @Test
  void textIsFilledWithZerosAndAlwaysEnds() {
    XenCompileInfo info = XenCompileInfo.zero(Width.W64);
    info.compileBy("somebody");
    info.compileBy("me");
    assertEquals("me", info.compileBy());
    assertEquals(0, info.bytes()[64 + 2]);
    assertEquals(0, info.bytes()[64 + 7]);
    assertThrows(IllegalArgumentException.class, () -> info.compileBy("x".repeat(16)));
  }

  @Test
  void tooFewBytesAreABugOfTheCaller() {
    assertThrows(IllegalArgumentException.class, () -> EvtchnSend.of(new byte[3], Width.W64));
    assertThrows(IllegalArgumentException.class, () -> EvtchnSend.of(new byte[4], 1, Width.W64));
  }

  @Test
  void theDecoderNamesWhatTheAccessorsWrote() {
    EvtchnStatus status = EvtchnStatus.zero(Width.W64);
    status.dom(0x7ff0);
    status.port(5);
    status.status(2);
    status.uInterdomainDom(2);
    status.uInterdomainPort(9);
    List<String> texts =
        Abi.xen().decode("evtchn_status", Width.W64, status.bytes()).stream()
            .map(AbiValue::toString)
            .toList();
    assertEquals(
        List.of(
            "dom=DOMID_SELF",
            "port=5",
            "status=EVTCHNSTAT_interdomain",
            "vcpu=0",
            "u.unbound.dom=2",
            "u.interdomain.dom=2",
            "u.interdomain.port=9",
            "u.pirq=2",
            "u.virq=VIRQ_CONSOLE"),
        texts);
    assertEquals(
        "evtchn_send[port=7]", EvtchnSend.of(new byte[] {7, 0, 0, 0}, Width.W64).toString());
  }
}
