package ringside.cpu.unicorn;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import ringside.cpu.BudgetConformance;
import ringside.cpu.Engine;
import ringside.cpu.ExceptionConformance;
import ringside.cpu.InterruptConformance;
import ringside.cpu.LegacyConformance;
import ringside.cpu.MemoryConformance;
import ringside.cpu.ProbeConformance;
import ringside.cpu.ProtectionConformance;
import ringside.cpu.SegmentConformance;
import ringside.cpu.TrapConformance;

/**
 * The engine on libunicorn against the suite of all engines.
 *
 * <p>Not against DebugConformance: no breakpoint is ever met on libunicorn.
 */
class UnicornConformanceTest {
  private static Engine open() {
    try {
      return new UnicornEngine();
    } catch (UnicornUnavailable e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  private static Engine openForCopies() {
    try {
      UnicornLibrary library = UnicornLibrary.require();
      return new UnicornEngine(library, StateLayout.probe().withoutLiveState());
    } catch (UnicornUnavailable e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  @Nested
  class Traps extends TrapConformance {
    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Probes extends ProbeConformance {
    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class ProbesOnCopies extends ProbeConformance {
    private final Engine engine = openForCopies();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Exceptions extends ExceptionConformance {
    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Interrupts extends InterruptConformance {
    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Legacy extends LegacyConformance {
    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Budgets extends BudgetConformance {
    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class MemoryChanges extends MemoryConformance {
    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  /** As on a library whose live state cannot be found: by copies. */
  @Nested
  class ExceptionsByCopies extends ExceptionConformance {
    private final Engine engine = openForCopies();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class InterruptsByCopies extends InterruptConformance {
    private final Engine engine = openForCopies();

    @Override
    protected Engine engine() {
      return engine;
    }
  }

  @Nested
  class Segments extends SegmentConformance {
    private static final String LIMITS = "libunicorn checks no limits of segments";
    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }

    @Test
    @Override
    @Disabled(LIMITS)
    protected void limitsAreCheckedAndAnExpandDownSegmentIsValidAboveIts() {}

    @Test
    @Override
    @Disabled(LIMITS)
    protected void anAccessBeyondTheLimitRaisesGeneralProtectionAndOnTheStackAStackFault() {}

    @Test
    @Override
    @Disabled(LIMITS)
    protected void codeDoesNotRunBeyondTheLimitOfItsSegment() {}
  }

  @Nested
  class Protection extends ProtectionConformance {
    private static final String VALUES = "libunicorn takes any value of a control register";
    private static final String PRIORITY = "libunicorn has no task priority";
    private static final String ALIGNMENT = "libunicorn checks no alignment";
    private static final String SYSEXIT = "libunicorn refuses SYSEXIT to 64-bit code";

    private final Engine engine = open();

    @Override
    protected Engine engine() {
      return engine;
    }

    @ParameterizedTest
    @Override
    @Disabled(VALUES)
    protected void cr0RefusesWhatCannotBe(long value) {}

    @ParameterizedTest
    @Override
    @Disabled(VALUES)
    protected void cr4RefusesWhatCannotBe(long value) {}

    @Test
    @Override
    @Disabled(VALUES)
    protected void longModeIsNotLeftByItsEnableBitWhilePagingIsOn() {}

    @Test
    @Override
    @Disabled(PRIORITY)
    protected void theTaskPriorityIsKeptAndHasFourBits() {}

    @Test
    @Override
    @Disabled(ALIGNMENT)
    protected void aMisalignedAccessOfAUserIsCheckedWhenBothFlagsSaySo() {}

    @Test
    @Override
    @Disabled(SYSEXIT)
    protected void sysenterGoesInAndSysexitComesBack() {}
  }
}
