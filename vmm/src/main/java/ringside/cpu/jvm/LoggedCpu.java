package ringside.cpu.jvm;

import ringside.cpu.Cpu;
import ringside.cpu.jvm.memory.WriteLog;

/** A processor of this engine that tells which pages it writes. */
public interface LoggedCpu extends Cpu {
  /** From now on the log hears of the first store to each page. Outside {@link #run}. */
  void log(WriteLog log);

  /** The log hears of the next store to this page, too. Outside {@link #run} or in a callback. */
  void logAgain(long gfn);
}
