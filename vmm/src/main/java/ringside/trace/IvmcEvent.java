package ringside.trace;

import java.util.List;

/**
 * Channels between a client and a server, as the probes of both tell. {@code channel} is the
 * client's domid << 8 | slot.
 */
public sealed interface IvmcEvent extends TraceEvent {
  String CONNECT = "ivmc.connect";
  String CONNECTED = "ivmc.connected";
  String DISCONNECT = "ivmc.disconnect";
  String RECOVER = "ivmc.recover";
  String RESEND = "ivmc.resend";
  String RECOVERED = "ivmc.recovered";
  String SERVE = "ivmc.serve";

  /** Every type of this family. */
  List<String> TYPES = List.of(CONNECT, CONNECTED, DISCONNECT, RECOVER, RESEND, RECOVERED, SERVE);

  /** A client asks for a connection. */
  record Connect(long channel, int epoch) implements IvmcEvent {
    @Override
    public String type() {
      return CONNECT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u32("epoch", epoch);
    }
  }

  /** The connection is there. */
  record Connected(long channel, int epoch) implements IvmcEvent {
    @Override
    public String type() {
      return CONNECTED;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u32("epoch", epoch);
    }
  }

  /** The server is gone. */
  record Disconnect(long channel, int epoch) implements IvmcEvent {
    @Override
    public String type() {
      return DISCONNECT;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u32("epoch", epoch);
    }
  }

  /** A client begins to build its channel anew. */
  record Recover(long channel, int epoch, int inflight) implements IvmcEvent {
    @Override
    public String type() {
      return RECOVER;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u32("epoch", epoch).u32("inflight", inflight);
    }
  }

  /** A request that had no answer is sent again. */
  record Resend(long channel, long sequence, int op) implements IvmcEvent {
    @Override
    public String type() {
      return RESEND;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u64("sequence", sequence).u32("op", op);
    }
  }

  /** All is sent again, and the gate is open. */
  record Recovered(long channel, int epoch, int resent, int answered) implements IvmcEvent {
    @Override
    public String type() {
      return RECOVERED;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel)
          .u32("epoch", epoch)
          .u32("resent", resent)
          .u32("answered", answered);
    }
  }

  /** The server begins with a request. */
  record Serve(long channel, long sequence, int op) implements IvmcEvent {
    @Override
    public String type() {
      return SERVE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.hex("channel", channel).u64("sequence", sequence).u32("op", op);
    }
  }
}
