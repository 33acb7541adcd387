package ringside.domain;

import java.util.Optional;

/**
 * How a domain ended.
 *
 * @param reason as the guest said it, or as the hypervisor decided
 * @param detail one sentence for people, e.g. what fault it was
 * @param crash report of a crash, absent after an orderly end
 * @param verdict what the guest said of itself on its console
 */
public record Outcome(
    ShutdownReason reason, String detail, Optional<CrashReport> crash, Verdict verdict) {
  /** True when the run should end with exit code 0 as far as this domain goes. */
  public boolean well() {
    return crash.isEmpty()
        && reason != ShutdownReason.CRASH
        && reason != ShutdownReason.WATCHDOG
        && verdict.well();
  }
}
