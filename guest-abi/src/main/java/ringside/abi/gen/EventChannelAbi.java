package ringside.abi.gen;

/**
 * Event channels: one-bit notifications between domains, vCPUs and devices. Generated from
 * event_channel.abi.
 */
public final class EventChannelAbi {
  private EventChannelAbi() {}

  // EVTCHN_LIMITS: Sizes of the 2-level ABI, and bits of the FIFO ABI, which Ringside lacks.

  /** Highest priority. */
  public static final int EVTCHN_FIFO_PRIORITY_MAX = 0;

  /** Priority of a new port. */
  public static final int EVTCHN_FIFO_PRIORITY_DEFAULT = 7;

  /** Lowest priority. */
  public static final int EVTCHN_FIFO_PRIORITY_MIN = 15;

  /** Bits of a port number in an event word. */
  public static final int EVTCHN_FIFO_LINK_BITS = 17;

  /** Ports of the FIFO ABI. */
  public static final int EVTCHN_FIFO_NR_CHANNELS = 131072;

  // EVTCHNSTAT: What a port is bound to.

  /** Nothing: it is free. */
  public static final int EVTCHNSTAT_closed = 0;

  /** Nothing yet: waits for a domain to bind to it. */
  public static final int EVTCHNSTAT_unbound = 1;

  /** A port of a domain. */
  public static final int EVTCHNSTAT_interdomain = 2;

  /** A physical interrupt. */
  public static final int EVTCHNSTAT_pirq = 3;

  /** A virtual interrupt. */
  public static final int EVTCHNSTAT_virq = 4;

  /** A vCPU, for events from the others. */
  public static final int EVTCHNSTAT_ipi = 5;

  // BIND_PIRQ: Flags of EVTCHNOP_bind_pirq.

  /** The line is shared. */
  public static final int BIND_PIRQ__WILL_SHARE = 1;

  // EVTCHNOP: Operations of event_channel_op.

  /**
   * Connect a new port to a port that another domain made for the caller; the new port becomes
   * pending.
   */
  public static final int EVTCHNOP_bind_interdomain = 0;

  /** Connect a new port to a virtual interrupt. */
  public static final int EVTCHNOP_bind_virq = 1;

  /** Connect a new port to a physical interrupt. */
  public static final int EVTCHNOP_bind_pirq = 2;

  /** Free a port; the other end of an interdomain channel becomes unbound. */
  public static final int EVTCHNOP_close = 3;

  /** Make the other end pending; on an unbound port the event is lost. */
  public static final int EVTCHNOP_send = 4;

  /** Tell what a port is bound to. */
  public static final int EVTCHNOP_status = 5;

  /** Make a port that remote_dom may bind to. */
  public static final int EVTCHNOP_alloc_unbound = 6;

  /** Make a port on which vCPUs notify one of them. */
  public static final int EVTCHNOP_bind_ipi = 7;

  /** Choose the vCPU that a port notifies. */
  public static final int EVTCHNOP_bind_vcpu = 8;

  /** Clear a port's mask bit; when it is pending, notify the vCPU. */
  public static final int EVTCHNOP_unmask = 9;

  /** Close all ports of a domain. */
  public static final int EVTCHNOP_reset = 10;

  /** Switch to the FIFO ABI. */
  public static final int EVTCHNOP_init_control = 11;

  /** Add a page of event words to the FIFO ABI. */
  public static final int EVTCHNOP_expand_array = 12;

  /** Set a port's priority in the FIFO ABI. */
  public static final int EVTCHNOP_set_priority = 13;
}
