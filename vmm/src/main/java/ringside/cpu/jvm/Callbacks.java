package ringside.cpu.jvm;

import ringside.cpu.Cpu;
import ringside.cpu.Cpuid;
import ringside.cpu.GeneralProtection;
import ringside.cpu.GuestException;
import ringside.cpu.Platform;
import ringside.cpu.jvm.memory.Mmu;

/**
 * The board as the processor calls it. Invariant: meanwhile the processor does not count as
 * executing guest code, so that others need not wait for what the board waits for.
 */
final class Callbacks implements Platform {
  private final Platform board;
  private Mmu mmu;

  Callbacks(Platform board) {
    this.board = board;
  }

  /** Before the first call. */
  void of(Mmu processor) {
    mmu = processor;
  }

  @Override
  public boolean oneThread() {
    return board.oneThread();
  }

  @Override
  public void hypercall(Cpu cpu, int number) {
    boolean inside = mmu.leave();
    try {
      board.hypercall(cpu, number);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public long portRead(Cpu cpu, int port, int size) {
    boolean inside = mmu.leave();
    try {
      return board.portRead(cpu, port, size);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public void portWrite(Cpu cpu, int port, int size, long value) {
    boolean inside = mmu.leave();
    try {
      board.portWrite(cpu, port, size, value);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public long mmioRead(Cpu cpu, long gpa, int size) {
    boolean inside = mmu.leave();
    try {
      return board.mmioRead(cpu, gpa, size);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public void mmioWrite(Cpu cpu, long gpa, int size, long value) {
    boolean inside = mmu.leave();
    try {
      board.mmioWrite(cpu, gpa, size, value);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public Cpuid.Result cpuid(Cpu cpu, int leaf, int subleaf) {
    boolean inside = mmu.leave();
    try {
      return board.cpuid(cpu, leaf, subleaf);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public long msrRead(Cpu cpu, int index) throws GeneralProtection {
    boolean inside = mmu.leave();
    try {
      return board.msrRead(cpu, index);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public void msrWrite(Cpu cpu, int index, long value) throws GeneralProtection {
    boolean inside = mmu.leave();
    try {
      board.msrWrite(cpu, index, value);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public long timestamp(Cpu cpu) {
    boolean inside = mmu.leave();
    try {
      return board.timestamp(cpu);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public boolean probe(Cpu cpu, long address) {
    boolean inside = mmu.leave();
    try {
      return board.probe(cpu, address);
    } finally {
      mmu.back(inside);
    }
  }

  @Override
  public void exceptionRaised(Cpu cpu, GuestException exception) {
    boolean inside = mmu.leave();
    try {
      board.exceptionRaised(cpu, exception);
    } finally {
      mmu.back(inside);
    }
  }
}
