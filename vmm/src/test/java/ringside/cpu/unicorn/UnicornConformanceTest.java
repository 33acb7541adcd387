package ringside.cpu.unicorn;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import ringside.cpu.BudgetConformance;
import ringside.cpu.Engine;
import ringside.cpu.ExceptionConformance;
import ringside.cpu.InterruptConformance;
import ringside.cpu.LegacyConformance;
import ringside.cpu.MemoryConformance;
import ringside.cpu.ProbeConformance;
import ringside.cpu.SegmentConformance;
import ringside.cpu.TrapConformance;

/**
 * The engine on libunicorn against the suite of all engines.
 *
 * <p>Not against DebugConformance: libunicorn 2.1.1 ends the process when a guest enables a
 * breakpoint.
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

    @Override
    @Disabled(LIMITS)
    protected void limitsAreCheckedAndAnExpandDownSegmentIsValidAboveIts() {}

    @Override
    @Disabled(LIMITS)
    protected void anAccessBeyondTheLimitRaisesGeneralProtectionAndOnTheStackAStackFault() {}

    @Override
    @Disabled(LIMITS)
    protected void codeDoesNotRunBeyondTheLimitOfItsSegment() {}
  }
}
