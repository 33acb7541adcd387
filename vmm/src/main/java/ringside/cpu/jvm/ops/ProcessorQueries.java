package ringside.cpu.jvm.ops;

import java.util.Map;
import ringside.cpu.Cpuid;
import ringside.cpu.GeneralProtection;
import ringside.cpu.ProcessorMsrs;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.x86.Mnemonic;

/** CPUID, the time-stamp counter and the model-specific registers: most of it the platform's. */
public final class ProcessorQueries {
  private static final long CR4_TSD = 4;
  private static final int RAX = 0;
  private static final int RCX = 1;
  private static final int RDX = 2;
  private static final int RBX = 3;
  private static final long LOW = 0xffff_ffffL;

  private ProcessorQueries() {}

  public static void register(Map<Mnemonic, Op> into) {
    into.put(Mnemonic.CPUID, (c, i) -> cpuid(c));
    into.put(Mnemonic.RDTSC, (c, i) -> timestamp(c));
    into.put(Mnemonic.RDTSCP, (c, i) -> timestampAndProcessor(c));
    into.put(
        Mnemonic.RDPMC,
        (c, i) -> {
          throw c.protection(); // there are no counters
        });
    into.put(Mnemonic.RDMSR, (c, i) -> readMsr(c));
    into.put(Mnemonic.WRMSR, (c, i) -> writeMsr(c));
  }

  private static void cpuid(Core c) {
    Cpuid.Result result = c.platform.cpuid(c.cpu, (int) c.gpr[RAX], (int) c.gpr[RCX]);
    c.gpr[RAX] = result.eax() & LOW;
    c.gpr[RBX] = result.ebx() & LOW;
    c.gpr[RCX] = result.ecx() & LOW;
    c.gpr[RDX] = result.edx() & LOW;
  }

  private static void timestamp(Core c) {
    if ((c.cr4 & CR4_TSD) != 0 && c.cpl != 0) {
      throw c.protection();
    }
    split(c, c.platform.timestamp(c.cpu));
  }

  private static void timestampAndProcessor(Core c) {
    timestamp(c);
    long processor = 0;
    try {
      processor = c.platform.msrRead(c.cpu, ProcessorMsrs.TSC_AUX);
    } catch (GeneralProtection e) {
      processor = 0; // no such register: answered as on a processor just reset
    }
    c.gpr[RCX] = processor & LOW;
  }

  private static void split(Core c, long value) {
    c.gpr[RAX] = value & LOW;
    c.gpr[RDX] = value >>> 32;
  }

  private static void readMsr(Core c) {
    Privilege.kernel(c);
    int index = (int) c.gpr[RCX];
    if (ProcessorMsrs.own(index)) {
      split(c, OwnMsrs.read(c, index));
      return;
    }
    try {
      split(c, c.platform.msrRead(c.cpu, index));
    } catch (GeneralProtection e) {
      throw c.protection();
    }
  }

  private static void writeMsr(Core c) {
    Privilege.kernel(c);
    int index = (int) c.gpr[RCX];
    long value = c.gpr[RDX] << 32 | c.gpr[RAX] & LOW;
    try {
      if (ProcessorMsrs.own(index)) {
        ProcessorMsrs.checkWrite(index, value);
        OwnMsrs.write(c, index, value);
      } else {
        c.platform.msrWrite(c.cpu, index, value);
      }
    } catch (GeneralProtection e) {
      throw c.protection();
    }
  }
}
