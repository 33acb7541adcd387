package ringside.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.GrantTableAbi.*;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_grant_table_op;

import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.GnttabMapGrantRef;
import ringside.abi.gen.GnttabUnmapGrantRef;
import ringside.domain.FakeEngine;
import ringside.domain.Guest;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.Resources;
import ringside.domain.ShutdownReason;
import ringside.memory.Access;
import ringside.memory.GuestSpace;

/** Many pages in one list: what the engine is told, which seams there are, and what is left. */
class MappingRunsTest {
  private static final int REF = 8;
  private static final long PAGES = 0x400;
  private static final long HOLE = 0x20000;
  private static final int COUNT = 2_000;
  private static final int BATCH = 512;

  private record Change(long gfn, long count, Access access) {}

  private final Machine machine = Machines.machine(new FakeEngine());
  private final GrantGuest granter = new GrantGuest(machine, "granter");
  private final GrantGuest mapper = new GrantGuest(machine, "mapper");
  private final List<Change> changes = new ArrayList<>();

  @BeforeEach
  void grant() {
    granter.domain().grants().growTo(64);
    for (int i = 0; i < COUNT; i++) {
      granter.entry(REF + i, GTF_permit_access, mapper.id(), PAGES + i);
      granter.u32(PAGES + i << 12, i);
    }
    mapper
        .domain()
        .space()
        .listenFromNow((gfn, count, access) -> changes.add(new Change(gfn, count, access)));
    changes.clear();
  }

  @AfterEach
  void everySeamComesBack() {
    machine.close();
    assertEquals(0, machine.memory().seams());
  }

  /** Maps so many references at gfns that lie {@code step} apart; the statuses. */
  private List<Integer> map(long gfn, int count, int step, int flags) {
    int size = GnttabMapGrantRef.size(Width.W64);
    byte[] list = new byte[count * size];
    for (int i = 0; i < count; i++) {
      GnttabMapGrantRef arg = GnttabMapGrantRef.of(list, i * size, Width.W64);
      arg.hostAddr(gfn + (long) i * step << 12);
      arg.flags(GNTMAP_host_map | flags);
      arg.ref(REF + i);
      arg.dom(granter.id());
    }
    mapper.write(Guest.LIST, list);
    call(GNTTABOP_map_grant_ref, count);
    List<Integer> statuses = new ArrayList<>();
    byte[] back = mapper.read(Guest.LIST, list.length);
    for (int i = 0; i < count; i++) {
      statuses.add(GnttabMapGrantRef.of(back, i * size, Width.W64).status());
    }
    return statuses;
  }

  private void call(int op, int count) {
    assertEquals(0, mapper.call(__HYPERVISOR_grant_table_op, op, Guest.LIST, count));
  }

  /** Unmaps handles, which lie at gfns from HOLE on; how many stayed. */
  private int unmap(int first, int count, int step) {
    int size = GnttabUnmapGrantRef.size(Width.W64);
    byte[] list = new byte[count * size];
    for (int i = 0; i < count; i++) {
      GnttabUnmapGrantRef arg = GnttabUnmapGrantRef.of(list, i * size, Width.W64);
      int handle = first + i * step;
      arg.hostAddr(HOLE + handle << 12);
      arg.handle(handle);
    }
    mapper.write(Guest.LIST, list);
    call(GNTTABOP_unmap_grant_ref, count);
    byte[] back = mapper.read(Guest.LIST, list.length);
    int stayed = 0;
    for (int i = 0; i < count; i++) {
      int status = GnttabUnmapGrantRef.of(back, i * size, Width.W64).status();
      assertTrue(status == GNTST_okay || status == GNTST_no_space, () -> "status " + status);
      stayed += status == GNTST_okay ? 0 : 1;
    }
    return stayed;
  }

  private void assertAllOkay(List<Integer> statuses) {
    assertTrue(statuses.stream().allMatch(status -> status == GNTST_okay), statuses::toString);
  }

  @Test
  void aRunIsOneChangePerGoAndTwoSeams() {
    int before = mapper.domain().space().seams();
    assertAllOkay(map(HOLE, COUNT, 1, 0));
    int goes = (COUNT + BATCH - 1) / BATCH;
    assertEquals(goes, changes.size());
    assertEquals(new Change(HOLE, BATCH, Access.READ_WRITE), changes.getFirst());
    assertEquals(before + 2, mapper.domain().space().seams());
    for (int i = 0; i < COUNT; i++) {
      assertEquals(i, mapper.u32(HOLE + i << 12));
    }
    changes.clear();
    assertEquals(0, unmap(0, COUNT, 1));
    assertEquals(goes, changes.size());
    assertEquals(before, mapper.domain().space().seams());
    assertEquals(0, granter.flags(REF) & (GTF_reading | GTF_writing));
    assertEquals(0, granter.flags(REF + COUNT - 1) & (GTF_reading | GTF_writing));
  }

  @Test
  void whatDoesNotContinueMakesRunsOfItsOwn() {
    granter.entry(REF + 5, GTF_permit_access, mapper.id(), PAGES + 100);
    granter.entry(REF + 7, 0, mapper.id(), PAGES + 7);
    List<Integer> statuses = map(HOLE, 10, 1, 0);
    assertEquals(GNTST_general_error, statuses.set(7, GNTST_okay));
    assertAllOkay(statuses);
    assertEquals(
        List.of(
            new Change(HOLE, 5, Access.READ_WRITE),
            new Change(HOLE + 5, 1, Access.READ_WRITE),
            new Change(HOLE + 6, 1, Access.READ_WRITE),
            new Change(HOLE + 8, 2, Access.READ_WRITE)),
        changes);
    assertEquals(100, mapper.u32(HOLE + 5 << 12));
    assertEquals(-1, mapper.domain().space().mfn(HOLE + 7));
  }

  @Test
  void theSameGfnTwiceInOneListIsRefusedTheSecondTime() {
    List<Integer> statuses = map(HOLE, 2, 0, GNTMAP_readonly);
    assertEquals(List.of(GNTST_okay, GNTST_general_error), statuses);
    assertEquals(0, mapper.u32(HOLE << 12));
    assertEquals(GTF_permit_access, granter.flags(REF + 1));
  }

  @Test
  void aDeadMapperGivesAllBackInOneGo() {
    Resources before = Resources.of(granter.domain());
    assertAllOkay(map(HOLE, COUNT, 1, 0));
    assertEquals(
        ImmutableSortedMap.of(granter.id(), COUNT), Resources.of(mapper.domain()).mapped());
    assertEquals(
        ImmutableSortedMap.of(mapper.id(), COUNT), Resources.of(granter.domain()).granted());
    changes.clear();
    mapper.domain().shutdown(ShutdownReason.POWEROFF, mapper.domain().vcpu(0), 0);
    machine.run(1);
    assertEquals(List.of(new Change(HOLE, COUNT, Access.NONE)), changes);
    for (int i = 0; i < COUNT; i++) {
      assertEquals(GTF_permit_access, granter.flags(REF + i));
    }
    assertEquals(before, Resources.of(granter.domain()));
  }

  @Test
  void holesInManyRunsEndAtTheLimitOfSeamsAndRunsCanAlwaysGoFromTheirEnds() {
    // Runs of 2,000 of the same pages, until unmapping every other page cannot be had.
    int runs = 5;
    for (int run = 0; run < runs; run++) {
      assertAllOkay(map(HOLE + run * COUNT, COUNT, 1, 0));
    }
    int stayed = 0;
    for (int run = 0; run < runs; run++) {
      stayed += unmap(run * COUNT + 1, COUNT / 2 - 1, 2);
    }
    assertTrue(stayed > 0, "all holes were possible");
    int limit = GuestSpace.MAX_SEAMS;
    assertTrue(mapper.domain().space().seams() <= limit);
    for (int handle = runs * COUNT - 1; handle >= 0; handle--) {
      if (mapper.domain().grants().mapping(handle) != null) {
        assertEquals(0, unmap(handle, 1, 1), "handle " + handle);
      }
    }
    assertEquals(0, mapper.domain().grants().mappings());
  }
}
