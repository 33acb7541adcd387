package ringside.trace;

/**
 * Something that happened: a record of one of the families. {@link #type} is its dotted name
 * ({@code evtchn.send}), which is what the globs of {@code --trace} match.
 *
 * <p>A new event is one record, one constant and one entry of {@code TYPES} in its family's file; a
 * new family also stands here and in {@link EventTypes}.
 */
public sealed interface TraceEvent
    permits BlkEvent,
        ConsoleEvent,
        DeviceEvent,
        DomainEvent,
        DriverEvent,
        EvtchnEvent,
        FaultEvent,
        FileEvent,
        GrantEvent,
        HypercallEvent,
        IrqEvent,
        IvmcEvent,
        MsrEvent,
        NvmeEvent,
        ProbeEvent,
        RegistryEvent,
        RingEvent,
        SchedEvent,
        SnapshotEvent,
        TimerEvent,
        VcpuEvent,
        VirqEvent,
        XenstoreEvent {
  /** A constant: the same for every event of the record's class. */
  String type();

  /** Puts every field, in the same order and of the same kinds each time. */
  void fields(FieldSink sink);
}
