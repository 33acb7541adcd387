package ringside.domain;

import com.google.common.math.LongMath;
import ringside.abi.gen.XenAbi;
import ringside.time.Timers.Timer;
import ringside.trace.TimerEvent;

/**
 * A vCPU's two timers: one-shot (set_timer_op and VCPUOP_set_singleshot_timer, which share it as in
 * Xen) and periodic. Both raise VIRQ_TIMER on their vCPU.
 */
public final class VcpuTimers {
  private final Vcpu vcpu;
  private Timer oneShot;
  private Timer periodic;
  private long periodNs;

  VcpuTimers(Vcpu vcpu) {
    this.vcpu = vcpu;
  }

  /**
   * @param deadlineNs absolute system time; 0 cancels, one in the past fires soon
   */
  public void oneShot(long deadlineNs, long cause) {
    boolean armed = oneShot != null;
    machine().timers().cancel(oneShot);
    oneShot = null;
    if (deadlineNs == 0) {
      if (armed) {
        vcpu.domain().emit(cause, vcpu.id(), new TimerEvent.Cancel("singleshot"));
      }
      return;
    }
    long deadline = deadlineNs < 0 ? Long.MAX_VALUE : deadlineNs;
    long set = traced(cause, "singleshot", deadline, 0);
    oneShot =
        machine()
            .timers()
            .at(
                deadline,
                () -> {
                  oneShot = null;
                  fire("singleshot", deadline, set);
                });
    machine().timersChanged();
  }

  /**
   * @param ns period; 0 stops
   */
  public void periodic(long ns, long cause) {
    if (ns == 0 && periodic != null) {
      vcpu.domain().emit(cause, vcpu.id(), new TimerEvent.Cancel("periodic"));
    }
    machine().timers().cancel(periodic);
    periodic = null;
    periodNs = ns;
    if (ns != 0) {
      long first = LongMath.saturatedAdd(machine().clock().now(), ns);
      armPeriodic(first, traced(cause, "periodic", first, ns));
    }
  }

  private void armPeriodic(long deadline, long cause) {
    periodic =
        machine()
            .timers()
            .at(
                deadline,
                () -> {
                  armPeriodic(LongMath.saturatedAdd(deadline, periodNs), cause);
                  fire("periodic", deadline, cause);
                });
    machine().timersChanged();
  }

  private void fire(String kind, long deadline, long cause) {
    long fired =
        machine().tracer().on(TimerEvent.FIRE)
            ? vcpu.domain().emit(cause, vcpu.id(), new TimerEvent.Fire(kind, deadline))
            : cause;
    vcpu.domain().raiseVirq(vcpu, XenAbi.VIRQ_TIMER, fired);
  }

  private long traced(long cause, String kind, long deadline, long period) {
    return machine().tracer().on(TimerEvent.SET)
        ? vcpu.domain().emit(cause, vcpu.id(), new TimerEvent.Set(kind, deadline, period))
        : cause;
  }

  private Machine machine() {
    return vcpu.domain().machine();
  }

  void stop() {
    machine().timers().cancel(oneShot);
    machine().timers().cancel(periodic);
  }
}
