package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct vcpu_hvm_x86_32}. Registers of a vCPU that starts in 32-bit code; paging may be on.
 */
public final class VcpuHvmX86_32 extends Snapshot {
  /** in u32. */
  public static final AbiOffset EAX = new AbiOffset("eax", 0, 0, 4, 4);

  /** in u32. */
  public static final AbiOffset ECX = new AbiOffset("ecx", 4, 4, 4, 4);

  /** in u32. */
  public static final AbiOffset EDX = new AbiOffset("edx", 8, 8, 4, 4);

  /** in u32. */
  public static final AbiOffset EBX = new AbiOffset("ebx", 12, 12, 4, 4);

  /** in u32. */
  public static final AbiOffset ESP = new AbiOffset("esp", 16, 16, 4, 4);

  /** in u32. */
  public static final AbiOffset EBP = new AbiOffset("ebp", 20, 20, 4, 4);

  /** in u32. */
  public static final AbiOffset ESI = new AbiOffset("esi", 24, 24, 4, 4);

  /** in u32. */
  public static final AbiOffset EDI = new AbiOffset("edi", 28, 28, 4, 4);

  /** in u32. */
  public static final AbiOffset EIP = new AbiOffset("eip", 32, 32, 4, 4);

  /** in u32. */
  public static final AbiOffset EFLAGS = new AbiOffset("eflags", 36, 36, 4, 4);

  /** in u32. */
  public static final AbiOffset CR0 = new AbiOffset("cr0", 40, 40, 4, 4);

  /** in u32. */
  public static final AbiOffset CR3 = new AbiOffset("cr3", 44, 44, 4, 4);

  /** in u32. */
  public static final AbiOffset CR4 = new AbiOffset("cr4", 48, 48, 4, 4);

  /** in u64. */
  public static final AbiOffset EFER = new AbiOffset("efer", 56, 56, 8, 8);

  /** in u32. */
  public static final AbiOffset CS_BASE = new AbiOffset("cs_base", 64, 64, 4, 4);

  /** in u32. */
  public static final AbiOffset DS_BASE = new AbiOffset("ds_base", 68, 68, 4, 4);

  /** in u32. */
  public static final AbiOffset SS_BASE = new AbiOffset("ss_base", 72, 72, 4, 4);

  /** in u32. */
  public static final AbiOffset ES_BASE = new AbiOffset("es_base", 76, 76, 4, 4);

  /** in u32. */
  public static final AbiOffset TR_BASE = new AbiOffset("tr_base", 80, 80, 4, 4);

  /** in u32: in bytes, minus 1. */
  public static final AbiOffset CS_LIMIT = new AbiOffset("cs_limit", 84, 84, 4, 4);

  /** in u32: in bytes, minus 1. */
  public static final AbiOffset DS_LIMIT = new AbiOffset("ds_limit", 88, 88, 4, 4);

  /** in u32: in bytes, minus 1. */
  public static final AbiOffset SS_LIMIT = new AbiOffset("ss_limit", 92, 92, 4, 4);

  /** in u32: in bytes, minus 1. */
  public static final AbiOffset ES_LIMIT = new AbiOffset("es_limit", 96, 96, 4, 4);

  /** in u32: in bytes, minus 1. */
  public static final AbiOffset TR_LIMIT = new AbiOffset("tr_limit", 100, 100, 4, 4);

  /** in u16: attributes, such as 0xc9b. */
  public static final AbiOffset CS_AR = new AbiOffset("cs_ar", 104, 104, 2, 2);

  /** in u16: attributes, such as 0xc93. */
  public static final AbiOffset DS_AR = new AbiOffset("ds_ar", 106, 106, 2, 2);

  /** in u16: attributes, such as 0xc93. */
  public static final AbiOffset SS_AR = new AbiOffset("ss_ar", 108, 108, 2, 2);

  /** in u16: attributes, such as 0xc93. */
  public static final AbiOffset ES_AR = new AbiOffset("es_ar", 110, 110, 2, 2);

  /** in u16: attributes, such as 0x8b. */
  public static final AbiOffset TR_AR = new AbiOffset("tr_ar", 112, 112, 2, 2);

  private VcpuHvmX86_32(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 120;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuHvmX86_32 of(byte[] bytes, Width width) {
    return new VcpuHvmX86_32(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuHvmX86_32 of(byte[] bytes, int base, Width width) {
    return new VcpuHvmX86_32(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuHvmX86_32 zero(Width width) {
    return new VcpuHvmX86_32(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_hvm_x86_32";
  }

  /** Gets eax. */
  public long eax() {
    return getU32(0);
  }

  /** Sets eax. */
  public void eax(long value) {
    put32(0, value);
  }

  /** Gets ecx. */
  public long ecx() {
    return getU32(4);
  }

  /** Sets ecx. */
  public void ecx(long value) {
    put32(4, value);
  }

  /** Gets edx. */
  public long edx() {
    return getU32(8);
  }

  /** Sets edx. */
  public void edx(long value) {
    put32(8, value);
  }

  /** Gets ebx. */
  public long ebx() {
    return getU32(12);
  }

  /** Sets ebx. */
  public void ebx(long value) {
    put32(12, value);
  }

  /** Gets esp. */
  public long esp() {
    return getU32(16);
  }

  /** Sets esp. */
  public void esp(long value) {
    put32(16, value);
  }

  /** Gets ebp. */
  public long ebp() {
    return getU32(20);
  }

  /** Sets ebp. */
  public void ebp(long value) {
    put32(20, value);
  }

  /** Gets esi. */
  public long esi() {
    return getU32(24);
  }

  /** Sets esi. */
  public void esi(long value) {
    put32(24, value);
  }

  /** Gets edi. */
  public long edi() {
    return getU32(28);
  }

  /** Sets edi. */
  public void edi(long value) {
    put32(28, value);
  }

  /** Gets eip. */
  public long eip() {
    return getU32(32);
  }

  /** Sets eip. */
  public void eip(long value) {
    put32(32, value);
  }

  /** Gets eflags. */
  public long eflags() {
    return getU32(36);
  }

  /** Sets eflags. */
  public void eflags(long value) {
    put32(36, value);
  }

  /** Gets cr0. */
  public long cr0() {
    return getU32(40);
  }

  /** Sets cr0. */
  public void cr0(long value) {
    put32(40, value);
  }

  /** Gets cr3. */
  public long cr3() {
    return getU32(44);
  }

  /** Sets cr3. */
  public void cr3(long value) {
    put32(44, value);
  }

  /** Gets cr4. */
  public long cr4() {
    return getU32(48);
  }

  /** Sets cr4. */
  public void cr4(long value) {
    put32(48, value);
  }

  /** Gets efer. */
  public long efer() {
    return get64(56);
  }

  /** Sets efer. */
  public void efer(long value) {
    put64(56, value);
  }

  /** Gets cs_base. */
  public long csBase() {
    return getU32(64);
  }

  /** Sets cs_base. */
  public void csBase(long value) {
    put32(64, value);
  }

  /** Gets ds_base. */
  public long dsBase() {
    return getU32(68);
  }

  /** Sets ds_base. */
  public void dsBase(long value) {
    put32(68, value);
  }

  /** Gets ss_base. */
  public long ssBase() {
    return getU32(72);
  }

  /** Sets ss_base. */
  public void ssBase(long value) {
    put32(72, value);
  }

  /** Gets es_base. */
  public long esBase() {
    return getU32(76);
  }

  /** Sets es_base. */
  public void esBase(long value) {
    put32(76, value);
  }

  /** Gets tr_base. */
  public long trBase() {
    return getU32(80);
  }

  /** Sets tr_base. */
  public void trBase(long value) {
    put32(80, value);
  }

  /** In bytes, minus 1. */
  public long csLimit() {
    return getU32(84);
  }

  /** Sets cs_limit. */
  public void csLimit(long value) {
    put32(84, value);
  }

  /** In bytes, minus 1. */
  public long dsLimit() {
    return getU32(88);
  }

  /** Sets ds_limit. */
  public void dsLimit(long value) {
    put32(88, value);
  }

  /** In bytes, minus 1. */
  public long ssLimit() {
    return getU32(92);
  }

  /** Sets ss_limit. */
  public void ssLimit(long value) {
    put32(92, value);
  }

  /** In bytes, minus 1. */
  public long esLimit() {
    return getU32(96);
  }

  /** Sets es_limit. */
  public void esLimit(long value) {
    put32(96, value);
  }

  /** In bytes, minus 1. */
  public long trLimit() {
    return getU32(100);
  }

  /** Sets tr_limit. */
  public void trLimit(long value) {
    put32(100, value);
  }

  /** Attributes, such as 0xc9b. */
  public int csAr() {
    return getU16(104);
  }

  /** Sets cs_ar. */
  public void csAr(long value) {
    put16(104, value);
  }

  /** Attributes, such as 0xc93. */
  public int dsAr() {
    return getU16(106);
  }

  /** Sets ds_ar. */
  public void dsAr(long value) {
    put16(106, value);
  }

  /** Attributes, such as 0xc93. */
  public int ssAr() {
    return getU16(108);
  }

  /** Sets ss_ar. */
  public void ssAr(long value) {
    put16(108, value);
  }

  /** Attributes, such as 0xc93. */
  public int esAr() {
    return getU16(110);
  }

  /** Sets es_ar. */
  public void esAr(long value) {
    put16(110, value);
  }

  /** Attributes, such as 0x8b. */
  public int trAr() {
    return getU16(112);
  }

  /** Sets tr_ar. */
  public void trAr(long value) {
    put16(112, value);
  }
}
