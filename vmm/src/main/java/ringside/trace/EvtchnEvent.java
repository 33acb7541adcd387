package ringside.trace;

import java.util.List;

/**
 * Event channels: ports bound, sent to, pending, and the upcall that tells the guest. A send is
 * caused by its hypercall, a pending by the send, VIRQ or timer that set it, an upcall by the
 * pending of its port.
 */
public sealed interface EvtchnEvent extends TraceEvent {
  String BIND = "evtchn.bind";
  String CLOSE = "evtchn.close";
  String SEND = "evtchn.send";
  String PENDING = "evtchn.pending";
  String UNMASK = "evtchn.unmask";
  String UPCALL = "evtchn.upcall";

  /** Every type of this family. */
  List<String> TYPES = List.of(BIND, CLOSE, SEND, PENDING, UNMASK, UPCALL);

  /**
   * A port leaves the free state. The kind is that of EVTCHNOP_status: unbound, interdomain, pirq,
   * virq, ipi.
   *
   * @param remoteDomain domid of the other end, or -1
   * @param remotePort port of the other end, or 0
   * @param source number of the VIRQ or PIRQ, or -1
   * @param notifyVcpu vCPU that gets the upcalls
   */
  record Bind(String kind, int port, int remoteDomain, int remotePort, int source, int notifyVcpu)
      implements EvtchnEvent {
    @Override
    public String type() {
      return BIND;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("kind", kind)
          .u32("port", port)
          .s64("remote_domain", remoteDomain)
          .u32("remote_port", remotePort)
          .s64("source", source)
          .u32("notify_vcpu", notifyVcpu);
    }
  }

  /** A port returns to the free state. */
  record Close(int port) implements EvtchnEvent {
    @Override
    public String type() {
      return CLOSE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("port", port);
    }
  }

  /**
   * A domain notifies the other end of its port (or, for an IPI, itself).
   *
   * @param remoteDomain domid of the other end, or -1 when the port is unbound
   */
  record Send(int port, int remoteDomain, int remotePort) implements EvtchnEvent {
    @Override
    public String type() {
      return SEND;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("port", port).s64("remote_domain", remoteDomain).u32("remote_port", remotePort);
    }
  }

  /**
   * A pending bit goes from 0 to 1; domain and vCPU are the receiver's.
   *
   * @param masked whether the mask bit holds the upcall back
   */
  record Pending(int port, boolean masked) implements EvtchnEvent {
    @Override
    public String type() {
      return PENDING;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("port", port).flag("masked", masked);
    }
  }

  /**
   * EVTCHNOP_unmask clears a mask bit.
   *
   * @param pending whether the port was pending, which raises the upcall again
   */
  record Unmask(int port, boolean pending) implements EvtchnEvent {
    @Override
    public String type() {
      return UNMASK;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u32("port", port).flag("pending", pending);
    }
  }

  /**
   * The upcall vector is injected into a vCPU.
   *
   * @param port port whose pending bit is responsible, or 0 when it is not known
   */
  record Upcall(int vector, int port) implements EvtchnEvent {
    @Override
    public String type() {
      return UPCALL;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.u8("vector", vector).u32("port", port);
    }
  }
}
