package ringside.trace;

import java.util.List;
import java.util.stream.Stream;

/** The names of all events that Ringside can record. */
public final class EventTypes {
  /** In the order of the families, which is that of the documentation. */
  public static final List<String> ALL =
      Stream.of(
              HypercallEvent.TYPES,
              EvtchnEvent.TYPES,
              VirqEvent.TYPES,
              IrqEvent.TYPES,
              TimerEvent.TYPES,
              GrantEvent.TYPES,
              RegistryEvent.TYPES,
              SchedEvent.TYPES,
              VcpuEvent.TYPES,
              FaultEvent.TYPES,
              DeviceEvent.TYPES,
              NvmeEvent.TYPES,
              MsrEvent.TYPES,
              DomainEvent.TYPES,
              ConsoleEvent.TYPES,
              FileEvent.TYPES,
              BlkEvent.TYPES,
              IvmcEvent.TYPES,
              RingEvent.TYPES,
              DriverEvent.TYPES,
              ProbeEvent.TYPES,
              XenstoreEvent.TYPES,
              SnapshotEvent.TYPES)
          .flatMap(List::stream)
          .toList();

  private EventTypes() {}
}
