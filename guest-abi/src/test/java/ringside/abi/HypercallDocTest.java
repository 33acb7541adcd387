package ringside.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HypercallDocTest {
  private final HypercallDoc doc = new HypercallDoc(Abi.xen());

  private HypercallPage page(String name) {
    return doc.find(name).orElseThrow();
  }

  @Test
  void aHypercallIsFoundByAnyOfItsNames() {
    HypercallPage page = page("sched_op");
    assertEquals(29, page.number());
    assertEquals(page, page("HYPERVISOR_sched_op"));
    assertEquals(page, page("__HYPERVISOR_sched_op"));
    assertEquals(page, page("29"));
  }

  @Test
  void aSubOperationIsShownAlone() {
    HypercallPage page = page("SCHEDOP_poll");
    assertEquals(List.of("SCHEDOP_poll"), page.operations().stream().map(o -> o.name()).toList());
    assertEquals(List.of("sched_poll"), page.structures().stream().map(s -> s.name()).toList());
    HypercallPage.Field timeout = page.structures().getFirst().fields().getLast();
    assertEquals(Optional.of(16), timeout.offset64());
    assertEquals(Optional.of(8), timeout.offset32());
  }

  @Test
  void aPageShowsPrototypeRegistersOffsetsAndErrors() {
    String text = HypercallText.render(page("XENMEM_add_to_physmap"));
    for (String expected :
        List.of(
            "HYPERVISOR_memory_op - hypercall 12",
            "long HYPERVISOR_memory_op(u32 cmd, ptr arg)",
            "rdi     ebx",
            "XENMEM_add_to_physmap (7)",
            "in struct xen_add_to_physmap",
            "struct xen_add_to_physmap: 24 / 16",
            "16     12     8/4   in   xen_pfn_t    gpfn",
            "-EPERM",
            "XENMAPSPACE_grant_table")) {
      assertTrue(text.contains(expected), () -> "no '" + expected + "' in\n" + text);
    }
  }

  @Test
  void aCallThatRingsideLacksSaysWhatItAnswers() {
    String text = HypercallText.render(page("mmu_update"));
    assertTrue(text.contains("Always -ENOSYS in Ringside."), text);
  }

  @Test
  void everyPageFitsInAHundredColumns() {
    for (AbiHypercall hypercall : Abi.xen().hypercalls()) {
      HypercallText.render(page(hypercall.name()))
          .lines()
          .forEach(line -> assertTrue(line.length() <= 100, line));
    }
  }

  @Test
  void anUnknownNameGetsTheNearestOnes() {
    assertEquals(Optional.empty(), doc.find("event_chanel_op"));
    assertEquals("event_channel_op", doc.suggestions("event_chanel_op").getFirst());
    assertEquals("EVTCHNOP_send", doc.suggestions("evtchnop_sned").getFirst());
  }
}
