package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOSYS;
import static ringside.abi.gen.GrantTableAbi.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import ringside.abi.Width;
import ringside.abi.gen.GnttabGetVersion;
import ringside.abi.gen.GnttabQuerySize;
import ringside.abi.gen.GnttabSetVersion;
import ringside.abi.gen.GnttabSetupTable;
import ringside.grant.GrantTable;
import ringside.memory.GuestFault;

/** The operations of grant_table_op on the table itself: its size, its frames, its version. */
final class GrantSetup {
  private static final int VERSION = 1;

  private GrantSetup() {}

  private static int self(HypercallArgs args, int domid) {
    long refused = MemoryOp.self(args, domid);
    return refused == 0
        ? GNTST_okay
        : args.machine().domain(domid) == null ? GNTST_bad_domain : GNTST_permission_denied;
  }

  /** GNTTABOP_setup_table: grows the table and tells where its frames are. */
  static long setupTable(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), GnttabSetupTable.size(args.width()));
    GnttabSetupTable arg = GnttabSetupTable.of(bytes, args.width());
    GrantTable table = args.domain().grants();
    int status = self(args, arg.dom());
    if (status == GNTST_okay) {
      boolean grown = arg.nrFrames() <= table.maxFrames() && table.growTo((int) arg.nrFrames());
      status = grown ? listFrames(args, arg, table) : GNTST_general_error;
    }
    arg.status(status);
    args.write(args.a2(), bytes);
    return 0;
  }

  private static int listFrames(HypercallArgs args, GnttabSetupTable arg, GrantTable table) {
    int word = args.width().longBytes();
    ByteBuffer list =
        ByteBuffer.allocate((int) arg.nrFrames() * word).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < arg.nrFrames(); i++) {
      long gfn = table.gfnOfFrame(i);
      if (args.width() == Width.W64) {
        list.putLong(gfn);
      } else {
        list.putInt((int) gfn);
      }
    }
    try {
      args.write(arg.frameList(), list.array());
      return GNTST_okay;
    } catch (GuestFault e) {
      return GNTST_bad_virt_addr;
    }
  }

  static long querySize(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), GnttabQuerySize.size(args.width()));
    GnttabQuerySize arg = GnttabQuerySize.of(bytes, args.width());
    int status = self(args, arg.dom());
    if (status == GNTST_okay) {
      arg.nrFrames(args.domain().grants().frames());
      arg.maxNrFrames(args.domain().grants().maxFrames());
    }
    arg.status(status);
    args.write(args.a2(), bytes);
    return 0;
  }

  /** Version 2 is refused as Xen with gnttab=max-ver:1 does: -ENOSYS. Tells which one there is. */
  static long setVersion(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), GnttabSetVersion.size(args.width()));
    GnttabSetVersion arg = GnttabSetVersion.of(bytes, args.width());
    long asked = arg.version();
    arg.version(VERSION);
    args.write(args.a2(), bytes);
    return asked == VERSION ? 0 : asked == 2 ? -ENOSYS : -EINVAL;
  }

  static long getVersion(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), GnttabGetVersion.size(args.width()));
    GnttabGetVersion arg = GnttabGetVersion.of(bytes, args.width());
    long refused = MemoryOp.self(args, arg.dom());
    if (refused != 0) {
      return refused;
    }
    arg.version(VERSION);
    args.write(args.a2(), bytes);
    return 0;
  }
}
