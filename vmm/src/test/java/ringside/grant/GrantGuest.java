package ringside.grant;

import static ringside.abi.gen.GrantTableAbi.*;
import static ringside.abi.gen.XenAbi.DOMID_SELF;
import static ringside.abi.gen.XenAbi.__HYPERVISOR_grant_table_op;

import ringside.abi.Width;
import ringside.abi.gen.GnttabCopy;
import ringside.abi.gen.GnttabCopyPtr;
import ringside.abi.gen.GnttabMapGrantRef;
import ringside.abi.gen.GnttabUnmapGrantRef;
import ringside.domain.Guest;
import ringside.domain.Machine;
import ringside.memory.Gpa;

/** A guest that grants, maps and copies. Addresses are gfns. */
final class GrantGuest extends Guest {
  GrantGuest(Machine machine, String name) {
    super(machine, name);
  }

  private long entryAt(int ref) {
    return (domain().memoryMap().grantGfn() << Gpa.PAGE_SHIFT) + ref * 8L;
  }

  /** Publishes an entry. */
  void entry(int ref, int flags, int domid, long gfn) {
    u32(entryAt(ref) + 4, (int) gfn);
    u32(entryAt(ref), flags | domid << 16);
  }

  /** The entry's flags; its domid in bits 31:16. */
  int word(int ref) {
    return u32(entryAt(ref));
  }

  int flags(int ref) {
    return word(ref) & 0xffff;
  }

  private long op(int cmd, ringside.abi.Snapshot argument) {
    return call(__HYPERVISOR_grant_table_op, cmd, argument, 1);
  }

  /** The handle, or the status when it is not GNTST_okay. */
  int map(int granter, long ref, long gfn, int flags) {
    GnttabMapGrantRef arg = GnttabMapGrantRef.zero(Width.W64);
    arg.hostAddr(gfn << Gpa.PAGE_SHIFT);
    arg.flags(flags);
    arg.ref(ref);
    arg.dom(granter);
    arg.status(99);
    long result = op(GNTTABOP_map_grant_ref, arg);
    if (result != 0) {
      throw new AssertionError("map: " + result);
    }
    return arg.status() == GNTST_okay ? (int) arg.handle() : arg.status();
  }

  int map(GrantGuest granter, int ref, long gfn) {
    return map(granter.id(), ref, gfn, GNTMAP_host_map);
  }

  int mapReadonly(GrantGuest granter, int ref, long gfn) {
    return map(granter.id(), ref, gfn, GNTMAP_host_map | GNTMAP_readonly);
  }

  int unmap(int handle, long gfn) {
    GnttabUnmapGrantRef arg = GnttabUnmapGrantRef.zero(Width.W64);
    arg.hostAddr(gfn << Gpa.PAGE_SHIFT);
    arg.handle(handle);
    arg.status(99);
    long result = op(GNTTABOP_unmap_grant_ref, arg);
    if (result != 0) {
      throw new AssertionError("unmap: " + result);
    }
    return arg.status();
  }

  /** One end of a copy. */
  record End(boolean granted, int domid, long page, int offset) {
    static End gfn(long gfn, int offset) {
      return new End(false, DOMID_SELF, gfn, offset);
    }

    static End ref(GrantGuest granter, long ref, int offset) {
      return new End(true, granter.id(), ref, offset);
    }

    private void to(GnttabCopyPtr pointer) {
      if (granted) {
        pointer.uRef(page);
      } else {
        pointer.uGmfn(page);
      }
      pointer.domid(domid);
      pointer.offset(offset);
    }
  }

  int copy(End from, End to, int length) {
    GnttabCopy arg = GnttabCopy.zero(Width.W64);
    from.to(arg.source());
    to.to(arg.dest());
    arg.len(length);
    arg.flags((from.granted ? GNTCOPY_source_gref : 0) | (to.granted ? GNTCOPY_dest_gref : 0));
    arg.status(99);
    long result = op(GNTTABOP_copy, arg);
    if (result != 0) {
      throw new AssertionError("copy: " + result);
    }
    return arg.status();
  }
}
