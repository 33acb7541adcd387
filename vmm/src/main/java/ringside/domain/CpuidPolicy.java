package ringside.domain;

import ringside.cpu.Cpuid;
import ringside.cpu.Cpuid.Result;

/**
 * What CPUID tells a guest: an x86-64 processor up to SSE4.2 as engines can run it, no AVX, no VMX;
 * and Xen's leaves at 0x40000000 (public/arch-x86/cpuid.h).
 */
public final class CpuidPolicy {
  static final int XEN_BASE = 0x4000_0000;
  private static final int XEN_MAJOR = 4;
  private static final int XEN_MINOR = 17;

  /** Version as leaf +1 and xen_version give it: major in bits 31:16. */
  public static final int XEN_VERSION = XEN_MAJOR << 16 | XEN_MINOR;

  private static final int TSC_KHZ = 1_000_000;

  private CpuidPolicy() {}

  static Result leaf(Vcpu vcpu, int leaf, int subleaf) {
    return switch (leaf) {
      case 0 -> new Result(0xd, 0x676e6952, 0x20656469, 0x65646973);
      case 1 -> features(vcpu);
      case 7 -> subleaf == 0 ? new Result(0, 0, 0, 0) : Cpuid.ZERO;
      case 0x8000_0000 -> new Result(0x8000_0008, 0x676e6952, 0x20656469, 0x65646973);
      case 0x8000_0001 -> new Result(0x663, 0, 1, 1 << 11 | 1 << 20 | 1 << 29);
      case 0x8000_0002 -> brand("Ringside virtual");
      case 0x8000_0003 -> brand(" CPU            ");
      case 0x8000_0004 -> brand("               \0");
      case 0x8000_0007 -> new Result(0, 0, 0, 1 << 8);
      case 0x8000_0008 -> new Result(48 << 8 | 36, 0, 0, 0);
      case XEN_BASE -> new Result(XEN_BASE + 5, 0x566e6558, 0x65584d4d, 0x4d4d566e);
      case XEN_BASE + 1 -> new Result(XEN_VERSION, 0, 0, 0);
      case XEN_BASE + 2 -> new Result(1, XEN_BASE, 0, 0);
      case XEN_BASE + 3 -> time(subleaf);
      case XEN_BASE + 4 ->
          subleaf == 0
              ? new Result(1 << 3 | 1 << 4 | 1 << 6, vcpu.id(), vcpu.domain().id(), 0)
              : Cpuid.ZERO;
      case XEN_BASE + 5 -> new Result(0, 36, 0, 0);
      default -> Cpuid.ZERO;
    };
  }

  /**
   * Leaf 1. EDX: FPU 0, PSE 3, TSC 4, MSR 5, PAE 6, CX8 8, APIC 9, SEP 11, PGE 13, CMOV 15, PAT 16,
   * CLFSH 19, MMX 23, FXSR 24, SSE 25, SSE2 26. ECX: SSE3 0, SSSE3 9, CX16 13, SSE4.1 19, SSE4.2
   * 20, POPCNT 23, hypervisor 31.
   */
  private static Result features(Vcpu vcpu) {
    int edx = 1 | 0x378 | 1 << 11 | 1 << 13 | 1 << 15 | 1 << 16 | 1 << 19 | 0xf << 23;
    edx &= ~(1 << 7);
    int ecx = 1 | 1 << 9 | 1 << 13 | 1 << 19 | 1 << 20 | 1 << 23 | 1 << 31;
    int vcpus = vcpu.domain().config().vcpus();
    return new Result(0x663, vcpu.id() * 2 << 24 | vcpus << 16 | 8 << 8, ecx, edx & ~(15 << 27));
  }

  private static Result time(int subleaf) {
    return switch (subleaf) {
      case 0 -> new Result(1 << 1, 2, TSC_KHZ, 0);
      case 1 -> new Result(0, 0, 0x8000_0000, 1);
      case 2 -> new Result(TSC_KHZ, 0, 0, 0);
      default -> Cpuid.ZERO;
    };
  }

  private static Result brand(String sixteen) {
    int[] words = new int[4];
    for (int i = 0; i < 16; i++) {
      words[i / 4] |= sixteen.charAt(i) << i % 4 * 8;
    }
    return new Result(words[0], words[1], words[2], words[3]);
  }
}
