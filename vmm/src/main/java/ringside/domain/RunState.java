package ringside.domain;

/** Xen's RUNSTATE_*: the ordinals are the values that a guest sees (public/vcpu.h). */
public enum RunState {
  RUNNING,
  RUNNABLE,
  BLOCKED,
  OFFLINE
}
