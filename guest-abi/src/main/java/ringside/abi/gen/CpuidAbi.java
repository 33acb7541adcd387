package ringside.abi.gen;

/** CPUID leaves by which a guest finds the hypervisor. Generated from cpuid.abi. */
public final class CpuidAbi {
  private CpuidAbi() {}

  // XEN_CPUID: Leaves and their fixed values.

  /** First of Xen's leaves; also the hypercall page MSR. */
  public static final int XEN_CPUID_FIRST_LEAF = 0x40000000;

  /** Leaf 0, ebx: XenV. */
  public static final int XEN_CPUID_SIGNATURE_EBX = 0x566e6558;

  /** Leaf 0, ecx: MMXe. */
  public static final int XEN_CPUID_SIGNATURE_ECX = 0x65584d4d;

  /** Leaf 0, edx: nVMM. */
  public static final int XEN_CPUID_SIGNATURE_EDX = 0x4d4d566e;

  /** Number of the last leaf. */
  public static final int XEN_CPUID_MAX_NUM_LEAVES = 5;

  // XEN_CPUID_FEAT1: Leaf 2, ecx.

  /** MMU_PT_UPDATE_PRESERVE_AD exists; PV only. */
  public static final int XEN_CPUID_FEAT1_MMU_PT_UPDATE_PRESERVE_AD = 1;

  // XEN_HVM_CPUID: Leaf 4, eax.

  /** APIC registers are virtualized by the CPU. */
  public static final int XEN_HVM_CPUID_APIC_ACCESS_VIRT = 0x1;

  /** X2APIC registers are virtualized by the CPU. */
  public static final int XEN_HVM_CPUID_X2APIC_VIRT = 0x2;

  /** Granted pages can be used by devices. */
  public static final int XEN_HVM_CPUID_IOMMU_MAPPINGS = 0x4;

  /** Ebx holds the vCPU's number. */
  public static final int XEN_HVM_CPUID_VCPU_ID_PRESENT = 0x8;

  /** Ecx holds the domain id. */
  public static final int XEN_HVM_CPUID_DOMID_PRESENT = 0x10;

  /** Interrupts may name 15-bit APIC ids. */
  public static final int XEN_HVM_CPUID_EXT_DEST_ID = 0x20;

  /** HVMOP_set_evtchn_upcall_vector works reliably. */
  public static final int XEN_HVM_CPUID_UPCALL_VECTOR = 0x40;
}
