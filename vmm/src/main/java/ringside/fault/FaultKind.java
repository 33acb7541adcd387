package ringside.fault;

import java.util.Locale;
import java.util.Optional;

/** What goes wrong. All but a kill are done by the guest itself, in a function of its image. */
public enum FaultKind {
  /** The hypervisor crashes the domain between two instructions. */
  KILL,
  PAGE_FAULT,
  /** Runs for ever, interrupts as they were. */
  LOOP,
  /** Runs for ever with interrupts off. */
  SPIN,
  /** Waits for ever for a lock that nobody gives back. */
  DEADLOCK,
  /** The thread sleeps for ever; others of the guest run on. */
  BLOCK;

  /** Function that a vCPU is made to jump to; empty for a kill. */
  public Optional<String> symbol() {
    return this == KILL
        ? Optional.empty()
        : Optional.of("fault_" + name().toLowerCase(Locale.ROOT));
  }

  /** As it is written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
