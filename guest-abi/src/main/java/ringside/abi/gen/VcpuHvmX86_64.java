package ringside.abi.gen;

import ringside.abi.AbiOffset;
import ringside.abi.Snapshot;
import ringside.abi.Width;

/**
 * {@code struct vcpu_hvm_x86_64}. Registers of a vCPU that starts in 64-bit code, with flat
 * segments.
 */
public final class VcpuHvmX86_64 extends Snapshot {
  /** in u64. */
  public static final AbiOffset RAX = new AbiOffset("rax", 0, 0, 8, 8);

  /** in u64. */
  public static final AbiOffset RCX = new AbiOffset("rcx", 8, 8, 8, 8);

  /** in u64. */
  public static final AbiOffset RDX = new AbiOffset("rdx", 16, 16, 8, 8);

  /** in u64. */
  public static final AbiOffset RBX = new AbiOffset("rbx", 24, 24, 8, 8);

  /** in u64. */
  public static final AbiOffset RSP = new AbiOffset("rsp", 32, 32, 8, 8);

  /** in u64. */
  public static final AbiOffset RBP = new AbiOffset("rbp", 40, 40, 8, 8);

  /** in u64. */
  public static final AbiOffset RSI = new AbiOffset("rsi", 48, 48, 8, 8);

  /** in u64. */
  public static final AbiOffset RDI = new AbiOffset("rdi", 56, 56, 8, 8);

  /** in u64. */
  public static final AbiOffset RIP = new AbiOffset("rip", 64, 64, 8, 8);

  /** in u64. */
  public static final AbiOffset RFLAGS = new AbiOffset("rflags", 72, 72, 8, 8);

  /** in u64. */
  public static final AbiOffset CR0 = new AbiOffset("cr0", 80, 80, 8, 8);

  /** in u64. */
  public static final AbiOffset CR3 = new AbiOffset("cr3", 88, 88, 8, 8);

  /** in u64. */
  public static final AbiOffset CR4 = new AbiOffset("cr4", 96, 96, 8, 8);

  /** in u64. */
  public static final AbiOffset EFER = new AbiOffset("efer", 104, 104, 8, 8);

  private VcpuHvmX86_64(byte[] bytes, int base, Width width) {
    super(bytes, base, width, size(width));
  }

  /** Size in bytes. */
  public static int size(Width width) {
    return 112;
  }

  /** The structure that begins at index 0 of the bytes. */
  public static VcpuHvmX86_64 of(byte[] bytes, Width width) {
    return new VcpuHvmX86_64(bytes, 0, width);
  }

  /** The structure that begins at an index of the bytes. */
  public static VcpuHvmX86_64 of(byte[] bytes, int base, Width width) {
    return new VcpuHvmX86_64(bytes, base, width);
  }

  /** A structure of zeros. */
  public static VcpuHvmX86_64 zero(Width width) {
    return new VcpuHvmX86_64(new byte[size(width)], 0, width);
  }

  @Override
  public String structName() {
    return "vcpu_hvm_x86_64";
  }

  /** Gets rax. */
  public long rax() {
    return get64(0);
  }

  /** Sets rax. */
  public void rax(long value) {
    put64(0, value);
  }

  /** Gets rcx. */
  public long rcx() {
    return get64(8);
  }

  /** Sets rcx. */
  public void rcx(long value) {
    put64(8, value);
  }

  /** Gets rdx. */
  public long rdx() {
    return get64(16);
  }

  /** Sets rdx. */
  public void rdx(long value) {
    put64(16, value);
  }

  /** Gets rbx. */
  public long rbx() {
    return get64(24);
  }

  /** Sets rbx. */
  public void rbx(long value) {
    put64(24, value);
  }

  /** Gets rsp. */
  public long rsp() {
    return get64(32);
  }

  /** Sets rsp. */
  public void rsp(long value) {
    put64(32, value);
  }

  /** Gets rbp. */
  public long rbp() {
    return get64(40);
  }

  /** Sets rbp. */
  public void rbp(long value) {
    put64(40, value);
  }

  /** Gets rsi. */
  public long rsi() {
    return get64(48);
  }

  /** Sets rsi. */
  public void rsi(long value) {
    put64(48, value);
  }

  /** Gets rdi. */
  public long rdi() {
    return get64(56);
  }

  /** Sets rdi. */
  public void rdi(long value) {
    put64(56, value);
  }

  /** Gets rip. */
  public long rip() {
    return get64(64);
  }

  /** Sets rip. */
  public void rip(long value) {
    put64(64, value);
  }

  /** Gets rflags. */
  public long rflags() {
    return get64(72);
  }

  /** Sets rflags. */
  public void rflags(long value) {
    put64(72, value);
  }

  /** Gets cr0. */
  public long cr0() {
    return get64(80);
  }

  /** Sets cr0. */
  public void cr0(long value) {
    put64(80, value);
  }

  /** Gets cr3. */
  public long cr3() {
    return get64(88);
  }

  /** Sets cr3. */
  public void cr3(long value) {
    put64(88, value);
  }

  /** Gets cr4. */
  public long cr4() {
    return get64(96);
  }

  /** Sets cr4. */
  public void cr4(long value) {
    put64(96, value);
  }

  /** Gets efer. */
  public long efer() {
    return get64(104);
  }

  /** Sets efer. */
  public void efer(long value) {
    put64(104, value);
  }
}
