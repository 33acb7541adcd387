package ringside.cpu;

/** Why a run ended. Everything else that a guest can do is answered by {@link Platform} inside. */
public sealed interface Exit {
  /** The budget is spent; the vCPU would go on. */
  record BudgetSpent() implements Exit {}

  /** HLT was executed; RIP is behind it. */
  record Halted() implements Exit {}

  /** {@link Cpu#requestExit} was called; the vCPU would go on. */
  record Requested() implements Exit {}

  /**
   * An exception could not be delivered, nor the double fault that followed: the processor would
   * shut down. The registers are those of the first fault.
   *
   * @param first what the guest did, before delivery failed
   * @param why what was wrong with the delivery
   */
  record TripleFault(GuestException first, String why) implements Exit {}

  /** The engine cannot go on with this vCPU; a limit of the engine, said in plain words. */
  record EngineFailure(String why) implements Exit {}

  Exit BUDGET_SPENT = new BudgetSpent();
  Exit HALTED = new Halted();
  Exit REQUESTED = new Requested();
}
