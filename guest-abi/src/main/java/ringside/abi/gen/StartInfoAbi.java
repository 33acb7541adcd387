package ringside.abi.gen;

/** What a PVH guest finds at the address in EBX when it starts. Generated from start_info.abi. */
public final class StartInfoAbi {
  private StartInfoAbi() {}

  // XEN_HVM_START: Values of hvm_start_info.

  /** Hvm_start_info.magic. */
  public static final int XEN_HVM_START_MAGIC_VALUE = 0x336ec578;

  // SIF: Flags of hvm_start_info.

  /** The domain is privileged. */
  public static final int SIF_PRIVILEGED = 1;

  /** The domain is the control domain. */
  public static final int SIF_INITDOMAIN = 2;
}
