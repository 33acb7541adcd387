package ringside.hypercall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.ErrnoAbi.*;
import static ringside.abi.gen.MemoryAbi.*;
import static ringside.abi.gen.XenAbi.DOMID_SELF;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_memory_op;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.XenAddToPhysmap;
import ringside.abi.gen.XenAddToPhysmapBatch;
import ringside.abi.gen.XenMemoryDomain;
import ringside.abi.gen.XenMemoryReservation;
import ringside.abi.gen.XenRemoveFromPhysmap;
import ringside.domain.Domain;
import ringside.domain.FakeEngine;
import ringside.domain.Guest;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.memory.Access;
import ringside.memory.GuestSpace;

/** memory_op as a guest sees it. */
class MemoryOpTest {
  private static final long HOLE = 0x20000;
  private static final long RAM = 0x400;

  private final Machine machine = Machines.machine(new FakeEngine());
  private final Guest guest = new Guest(machine, "guest");
  private final Guest neighbour = new Guest(machine, "neighbour");
  private final Domain domain = guest.domain();

  @AfterEach
  void everyFrameAndSeamComesBack() {
    machine.close();
    assertEquals(0, machine.memory().framesInUse());
    assertEquals(0, machine.memory().seams());
  }

  private static long change(Guest who, int op, long count, int order, int domid) {
    XenMemoryReservation arg = XenMemoryReservation.zero(Width.W64);
    arg.extentStart(Guest.LIST);
    arg.nrExtents(count);
    arg.extentOrder(order);
    arg.domid(domid);
    return who.call(__HYPERVISOR_memory_op, op, arg);
  }

  private static long change(Guest who, int op, long... gfns) {
    who.words(Guest.LIST, gfns);
    return change(who, op, gfns.length, 0, DOMID_SELF);
  }

  private long add(long space, long index, long gfn) {
    XenAddToPhysmap arg = XenAddToPhysmap.zero(Width.W64);
    arg.domid(DOMID_SELF);
    arg.space(space);
    arg.idx(index);
    arg.gpfn(gfn);
    return guest.call(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, arg);
  }

  private long remove(long gfn) {
    XenRemoveFromPhysmap arg = XenRemoveFromPhysmap.zero(Width.W64);
    arg.domid(DOMID_SELF);
    arg.gpfn(gfn);
    return guest.call(__HYPERVISOR_memory_op, XENMEM_remove_from_physmap, arg);
  }

  @Test
  void whatIsGivenBackCanBeGotAgainEmpty() {
    guest.u32(RAM << 12, 0x1234);
    assertEquals(2, change(guest, XENMEM_decrease_reservation, RAM, RAM + 1));
    assertEquals(Access.NONE, domain.space().access(RAM));
    assertEquals(0, change(guest, XENMEM_decrease_reservation, RAM, RAM + 1), "absent already");
    assertEquals(2, change(guest, XENMEM_populate_physmap, RAM, HOLE));
    assertEquals(0, guest.u32(RAM << 12));
    assertEquals(Access.READ_WRITE, domain.space().access(HOLE));
  }

  @Test
  void noDomainGetsMoreThanItsMaximum() {
    long room = domain.maximumPages() - domain.populatedPages();
    long[] gfns = new long[(int) room + 10];
    for (int i = 0; i < gfns.length; i++) {
      gfns[i] = HOLE + i;
    }
    assertEquals(room, change(guest, XENMEM_populate_physmap, gfns));
    assertEquals(domain.maximumPages(), domain.populatedPages());
    assertEquals(0, change(guest, XENMEM_populate_physmap, HOLE + gfns.length));
  }

  @Test
  void aReservationOfNonsenseDoesNothing() {
    guest.words(Guest.LIST, RAM);
    assertEquals(0, change(guest, XENMEM_decrease_reservation, 1, 0, neighbour.id()));
    assertEquals(0, change(guest, XENMEM_decrease_reservation, 1, 0, 0x7000));
    assertEquals(0, change(guest, XENMEM_decrease_reservation, -1, 0, DOMID_SELF));
    assertEquals(0, change(guest, XENMEM_decrease_reservation, 1, 40, DOMID_SELF));
    assertEquals(0, change(guest, XENMEM_populate_physmap, 1L << 40));
    assertEquals(0, change(guest, XENMEM_populate_physmap, -1));
    assertEquals(0, change(guest, XENMEM_increase_reservation, HOLE));
    assertEquals(Access.READ_WRITE, domain.space().access(RAM));
  }

  @Test
  void manyExtentsGoInParts() {
    long[] gfns = new long[2000];
    for (int i = 0; i < gfns.length; i++) {
      gfns[i] = RAM + i;
    }
    assertEquals(2000, change(guest, XENMEM_decrease_reservation, gfns));
    assertTrue(guest.steps() >= 7, "in " + guest.steps() + " more goes");
  }

  @Test
  void aDomainInTatterDoesNotUseUpTheHost() {
    int asked = 7000;
    long[] gfns = new long[asked];
    for (int i = 0; i < asked; i++) {
      gfns[i] = 0x800 + 2L * i;
    }
    long done = change(guest, XENMEM_decrease_reservation, gfns);
    assertTrue(done > 4000 && done < asked, "extents done: " + done);
    assertTrue(domain.space().seams() <= GuestSpace.MAX_SEAMS);
    assertEquals(-ENOMEM, add(XENMAPSPACE_shared_info, 0, HOLE));
    assertEquals(1, change(neighbour, XENMEM_decrease_reservation, RAM), "others have their own");
  }

  @Test
  void specialPagesMoveAndLeaveAHole() {
    assertEquals(0, add(XENMAPSPACE_shared_info, 0, HOLE));
    assertEquals(domain.sharedInfo().frame().mfn(), domain.space().mfn(HOLE));
    assertEquals(0, add(XENMAPSPACE_shared_info, 0, RAM));
    assertEquals(Access.NONE, domain.space().access(HOLE));
    assertEquals(0, add(XENMAPSPACE_grant_table, 5, HOLE));
    assertEquals(6, domain.grants().frames());
    assertEquals(0, remove(HOLE));
    assertEquals(-ENOENT, remove(HOLE));
    guest.u32((RAM + 1) << 12, 99);
    assertEquals(0, add(XENMAPSPACE_gmfn, RAM + 1, HOLE));
    assertEquals(99, guest.u32(HOLE << 12));
    assertEquals(Access.NONE, domain.space().access(RAM + 1));
  }

  @Test
  void addToPhysmapRefuses() {
    assertEquals(-EINVAL, add(99, 0, HOLE));
    assertEquals(-EINVAL, add(XENMAPSPACE_shared_info, 1, HOLE));
    assertEquals(-EINVAL, add(XENMAPSPACE_shared_info, 0, 1L << 52));
    assertEquals(-EINVAL, add(XENMAPSPACE_grant_table, 64, HOLE));
    assertEquals(-EINVAL, add(XENMAPSPACE_grant_table, 1L << 63, HOLE));
    assertEquals(-EINVAL, add(XENMAPSPACE_gmfn, HOLE, HOLE + 1));
    assertEquals(-ENOSYS, add(XENMAPSPACE_gmfn_foreign, 0, HOLE));
    assertEquals(-EACCES, add(XENMAPSPACE_dev_mmio, 0, HOLE));
    assertEquals(-EOPNOTSUPP, guest.call(__HYPERVISOR_memory_op, XENMEM_exchange, Guest.LIST));
  }

  private long batch(XenAddToPhysmapBatch arg) {
    return guest.call(__HYPERVISOR_memory_op, XENMEM_add_to_physmap_batch, arg);
  }

  @Test
  void eachPageOfABatchHasItsError() {
    XenAddToPhysmapBatch arg = XenAddToPhysmapBatch.zero(Width.W64);
    arg.domid(DOMID_SELF);
    arg.space(XENMAPSPACE_grant_table);
    arg.size(2);
    arg.idxs(Guest.LIST);
    arg.gpfns(Guest.LIST + 16);
    arg.errs(Guest.LIST + 32);
    guest.words(Guest.LIST, 0, 1 << 20, HOLE, HOLE + 1);
    assertEquals(0, batch(arg));
    assertEquals(0, guest.u32(Guest.LIST + 32));
    assertEquals(-EINVAL, guest.u32(Guest.LIST + 36));
    arg.space(XENMAPSPACE_gmfn_foreign);
    arg.uForeignDomid(neighbour.id());
    assertEquals(0, batch(arg));
    assertEquals(-EPERM, guest.u32(Guest.LIST + 32));
    arg.uForeignDomid(0x7000);
    assertEquals(0, batch(arg));
    assertEquals(-ESRCH, guest.u32(Guest.LIST + 32));
    arg.space(XENMAPSPACE_gmfn_range);
    assertEquals(-EOPNOTSUPP, batch(arg));
  }

  @Test
  void questionsAreAboutOneself() {
    XenMemoryDomain arg = XenMemoryDomain.zero(Width.W64);
    arg.domid(DOMID_SELF);
    long pages = guest.call(__HYPERVISOR_memory_op, XENMEM_current_reservation, arg);
    assertEquals(domain.populatedPages(), pages);
    arg.domid(neighbour.id());
    assertEquals(-EPERM, guest.call(__HYPERVISOR_memory_op, XENMEM_maximum_gpfn, arg));
    arg.domid(0x7000);
    assertEquals(-ESRCH, guest.call(__HYPERVISOR_memory_op, XENMEM_maximum_reservation, arg));
    assertEquals(-EPERM, guest.call(__HYPERVISOR_memory_op, XENMEM_set_memory_map, Guest.LIST));
    assertEquals(-ENOSYS, guest.call(__HYPERVISOR_memory_op, 63, Guest.LIST));
  }
}
