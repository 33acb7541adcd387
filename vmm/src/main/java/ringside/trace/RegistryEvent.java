package ringside.trace;

import java.util.List;

/** The IVMC registry: whose records come and go, and who is told. */
public sealed interface RegistryEvent extends TraceEvent {
  String REGISTER = "registry.register";
  String WITHDRAW = "registry.withdraw";
  String NOTIFY = "registry.notify";

  /** Every type of this family. */
  List<String> TYPES = List.of(REGISTER, WITHDRAW, NOTIFY);

  /**
   * A domain entered or replaced its record.
   *
   * @param role server or client
   * @param slot of a client
   * @param unit of a client
   * @param channelRef of a client: the grant of its channel page
   * @param epoch of a client
   * @param generation how often the server registered so far
   */
  record Register(
      String service, String role, int slot, int unit, int channelRef, int epoch, int generation)
      implements RegistryEvent {
    @Override
    public String type() {
      return REGISTER;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("service", service)
          .text("role", role)
          .u32("slot", slot)
          .u16("unit", unit)
          .u32("channel_ref", channelRef)
          .u32("epoch", epoch)
          .u32("generation", generation);
    }
  }

  /** A domain came to its end, and its record with it. */
  record Withdraw(String service, String role, int slot) implements RegistryEvent {
    @Override
    public String type() {
      return WITHDRAW;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("service", service).text("role", role).u32("slot", slot);
    }
  }

  /** A domain's welcome port fires. */
  record Notify(String service, int port) implements RegistryEvent {
    @Override
    public String type() {
      return NOTIFY;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("service", service).u32("port", port);
    }
  }
}
