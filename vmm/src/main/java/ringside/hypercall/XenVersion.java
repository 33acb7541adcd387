package ringside.hypercall;

import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENODATA;
import static ringside.abi.gen.ErrnoAbi.EPERM;
import static ringside.abi.gen.VersionAbi.*;

import java.nio.charset.StandardCharsets;
import ringside.abi.Abi;
import ringside.abi.gen.XenCompileInfo;
import ringside.abi.gen.XenFeatureInfo;
import ringside.abi.gen.XenPlatformParameters;
import ringside.domain.CpuidPolicy;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;

/**
 * xen_version (17): (cmd, pointer). Texts are padded with zeros to the whole size of their field,
 * so that nothing of the hypervisor shows behind them.
 */
final class XenVersion implements Hypercall {
  private static final int EXTRAVERSION_SIZE = 16;
  private static final int CAPABILITIES_SIZE = 1024;
  private static final int CHANGESET_SIZE = 64;
  private static final int HANDLE_SIZE = 16;
  private static final String CAPABILITIES =
      "xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64 ";
  private static final int FEATURES =
      1 << XENFEAT_writable_page_tables
          | 1 << XENFEAT_auto_translated_physmap
          | 1 << XENFEAT_hvm_callback_vector
          | 1 << XENFEAT_hvm_safe_pvclock
          | 1 << XENFEAT_not_direct_mapped;

  @Override
  public long call(HypercallArgs args) throws GuestFault {
    return switch (args.cmd()) {
      case XENVER_version -> CpuidPolicy.XEN_VERSION;
      case XENVER_extraversion -> text(args, "-ringside", EXTRAVERSION_SIZE);
      case XENVER_compile_info -> compileInfo(args);
      case XENVER_capabilities -> text(args, CAPABILITIES, CAPABILITIES_SIZE);
      case XENVER_changeset -> text(args, "unavailable", CHANGESET_SIZE);
      case XENVER_platform_parameters -> platformParameters(args);
      case XENVER_get_features -> features(args);
      case XENVER_pagesize -> Gpa.PAGE_SIZE;
      case XENVER_guest_handle -> handle(args);
      case XENVER_commandline -> -EPERM;
      case XENVER_build_id -> -ENODATA;
      default -> Abi.xen().unsupportedResult(args.number(), args.a1());
    };
  }

  private static long text(HypercallArgs args, String text, int size) throws GuestFault {
    byte[] bytes = new byte[size];
    byte[] encoded = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(encoded, 0, bytes, 0, encoded.length);
    args.write(args.a2(), bytes);
    return 0;
  }

  private static long compileInfo(HypercallArgs args) throws GuestFault {
    XenCompileInfo info = XenCompileInfo.zero(args.width());
    info.compiler("javac");
    info.compileBy("ringside");
    info.compileDomain("ringside");
    info.compileDate("-");
    args.write(args.a2(), info.bytes());
    return 0;
  }

  /** There is no hypervisor range in a PVH guest's address space: virt_start is 0. */
  private static long platformParameters(HypercallArgs args) throws GuestFault {
    args.write(args.a2(), XenPlatformParameters.zero(args.width()).bytes());
    return 0;
  }

  private static long features(HypercallArgs args) throws GuestFault {
    byte[] bytes = args.read(args.a2(), XenFeatureInfo.size(args.width()));
    XenFeatureInfo info = XenFeatureInfo.of(bytes, args.width());
    if (info.submapIdx() >= XENFEAT_NR_SUBMAPS) {
      return -EINVAL;
    }
    info.submap(FEATURES);
    args.write(args.a2(), bytes);
    return 0;
  }

  /** The domain's UUID: made of the domid, so that runs are alike. */
  private static long handle(HypercallArgs args) throws GuestFault {
    byte[] uuid = new byte[HANDLE_SIZE];
    uuid[HANDLE_SIZE - 2] = (byte) (args.domain().id() >>> 8);
    uuid[HANDLE_SIZE - 1] = (byte) args.domain().id();
    args.write(args.a2(), uuid);
    return 0;
  }
}
