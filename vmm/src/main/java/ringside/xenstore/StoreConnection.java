package ringside.xenstore;

import static ringside.abi.gen.XsWireAbi.*;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ringside.abi.Abi;
import ringside.abi.AbiConstant;
import ringside.abi.gen.XenstoreDomainInterface;
import ringside.device.ByteRing;
import ringside.memory.Frame;
import ringside.trace.XenstoreEvent;

/**
 * The server's end of a xenstore page: bytes from the request ring become messages, replies and
 * events become bytes in the response ring, when there is room.
 *
 * <p>Invariant: what waits for the guest is bounded: with {@link #MAX_REPLIES} replies waiting no
 * request is taken, and of {@link #MAX_EVENTS} events waiting any more are dropped with a notice.
 * An event that waits already is not queued again. After impossible positions or an impossible
 * length the connection is broken: nothing is read or written until the guest asks to reconnect.
 */
final class StoreConnection {
  static final int MAX_REPLIES = 20;
  static final int MAX_EVENTS = 1024;

  private static final int CONNECTION = XenstoreDomainInterface.CONNECTION.offset64();
  private static final int ERROR = XenstoreDomainInterface.ERROR.offset64();

  /** The domain around the page. */
  interface Peer {
    /** Sends the event that tells the guest to look. */
    void notify(long cause);

    /** For the log. */
    void notice(String what);

    boolean tracing(String type);

    long trace(long cause, XenstoreEvent event);
  }

  /** A message on its way, {@code sent} bytes of it gone. */
  private static final class Outgoing {
    private final byte[] bytes;
    private final boolean event;
    private int sent;

    Outgoing(StoreMessage message) {
      this.bytes = message.bytes();
      this.event = message.type() == XS_WATCH_EVENT;
    }
  }

  private final Frame page;
  private final Peer peer;
  private final ByteRing requests;
  private final ByteRing responses;
  private final StoreClient client;
  private final RequestHandler handler;
  private final Deque<Outgoing> outgoing = new ArrayDeque<>();
  private final Set<String> waitingEvents = new HashSet<>();
  private final byte[] incoming = new byte[StoreMessage.HEADER + XENSTORE_PAYLOAD_MAX];
  private int received;
  private int waitingReplies;
  private boolean working;
  private boolean broken;
  private boolean dropping;

  /** Trace id of what the guest is told of next. */
  private long latest;

  StoreConnection(Frame page, int domid, XenStore store, Peer peer) {
    this.page = page;
    this.peer = peer;
    this.requests =
        new ByteRing(
            page,
            XenstoreDomainInterface.REQ.offset64(),
            XENSTORE_RING_SIZE,
            XenstoreDomainInterface.REQ_CONS.offset64(),
            XenstoreDomainInterface.REQ_PROD.offset64());
    this.responses =
        new ByteRing(
            page,
            XenstoreDomainInterface.RSP.offset64(),
            XENSTORE_RING_SIZE,
            XenstoreDomainInterface.RSP_CONS.offset64(),
            XenstoreDomainInterface.RSP_PROD.offset64());
    this.client = new StoreClient(domid, this::watchEvent);
    this.handler = new RequestHandler(store, client);
    page.u32(
        XenstoreDomainInterface.SERVER_FEATURES.offset64(),
        XENSTORE_SERVER_FEATURE_RECONNECTION | XENSTORE_SERVER_FEATURE_ERROR);
  }

  StoreClient client() {
    return client;
  }

  /**
   * Does all that can be done now.
   *
   * @param cause trace id of the guest's event
   */
  void process(long cause) {
    latest = cause;
    boolean wasBroken = broken;
    boolean moved = false;
    if (page.volatileU32(CONNECTION) == XENSTORE_RECONNECT) {
      reconnect();
      moved = true;
    }
    working = true;
    while (!broken && (receive(cause) | send())) {
      moved = true;
    }
    working = false;
    if (moved || broken != wasBroken) {
      peer.notify(latest);
    }
  }

  // Requests

  /** Takes bytes up to the end of one message; false when nothing moved. */
  private boolean receive(long cause) {
    if (waitingReplies >= MAX_REPLIES) {
      return false;
    }
    int wanted = StoreMessage.HEADER;
    if (received >= StoreMessage.HEADER) {
      wanted += (int) StoreMessage.length(incoming);
    }
    int count = requests.take(incoming, received, wanted - received);
    if (count == ByteRing.INSANE) {
      breakOff(XENSTORE_ERROR_RINGIDX, "the positions in its xenstore rings are impossible");
      return false;
    }
    received += count;
    return received < wanted ? count > 0 : messageAdvanced(cause);
  }

  /** A header or a whole message is there. */
  private boolean messageAdvanced(long cause) {
    long length = StoreMessage.length(incoming);
    if (length > XENSTORE_PAYLOAD_MAX) {
      breakOff(XENSTORE_ERROR_PROTO, "it sent a xenstore message of " + length + " bytes");
      return false;
    }
    if (received == StoreMessage.HEADER + length) {
      received = 0;
      handle(StoreMessage.of(incoming), cause);
    }
    return true;
  }

  private void handle(StoreMessage request, long cause) {
    long id = cause;
    if (peer.tracing(XenstoreEvent.REQUEST)) {
      List<String> texts = StoreText.all(request.payload());
      String path = texts.isEmpty() ? "" : texts.get(0);
      id =
          peer.trace(
              cause,
              new XenstoreEvent.Request(
                  name(request.type()), request.transaction(), path, request.payload().length));
    }
    StoreMessage reply = handler.handle(request);
    if (peer.tracing(XenstoreEvent.REPLY)) {
      boolean failed = reply.type() == XS_ERROR;
      String error = failed ? StoreText.all(reply.payload()).get(0) : "";
      latest =
          peer.trace(
              id, new XenstoreEvent.Reply(name(request.type()), error, reply.payload().length));
    }
    waitingReplies++;
    outgoing.add(new Outgoing(reply));
    handler.fire(id);
  }

  /** READ for XS_READ; the number of one that has no name. */
  private static String name(int type) {
    return Abi.xen()
        .group("xsd_sockmsg_type")
        .flatMap(group -> group.byValue(type))
        .map(AbiConstant::name)
        .map(name -> name.substring(name.indexOf('_') + 1))
        .orElseGet(() -> Integer.toUnsignedString(type));
  }

  // Replies and events

  private void watchEvent(String path, String token, long cause) {
    if (broken || waitingEvents.contains(path + '\0' + token)) {
      return;
    }
    if (waitingEvents.size() >= MAX_EVENTS) {
      if (!dropping) {
        peer.notice(
            "it does not take its xenstore events; more than %d wait".formatted(MAX_EVENTS));
      }
      dropping = true;
      return;
    }
    latest =
        peer.tracing(XenstoreEvent.WATCH_EVENT)
            ? peer.trace(cause, new XenstoreEvent.WatchEvent(path, token))
            : cause;
    byte[] payload = StoreText.join(List.of(path, token));
    waitingEvents.add(path + '\0' + token);
    outgoing.add(new Outgoing(new StoreMessage(XS_WATCH_EVENT, 0, 0, payload)));
    if (!working && send()) {
      peer.notify(latest);
    }
  }

  /** Puts into the response ring what fits; false when nothing moved. */
  private boolean send() {
    boolean moved = false;
    while (!broken && !outgoing.isEmpty()) {
      Outgoing message = outgoing.peek();
      int count = responses.put(message.bytes, message.sent, message.bytes.length - message.sent);
      if (count == ByteRing.INSANE) {
        breakOff(XENSTORE_ERROR_RINGIDX, "the positions in its xenstore rings are impossible");
        return false;
      }
      message.sent += count;
      moved |= count > 0;
      if (message.sent < message.bytes.length) {
        return moved;
      }
      gone(outgoing.poll());
    }
    return moved;
  }

  private void gone(Outgoing message) {
    if (message.event) {
      List<String> texts =
          StoreText.all(
              Arrays.copyOfRange(message.bytes, StoreMessage.HEADER, message.bytes.length));
      waitingEvents.remove(texts.get(0) + '\0' + texts.get(1));
    } else {
      waitingReplies--;
    }
  }

  // Errors

  private void breakOff(int error, String what) {
    broken = true;
    forget();
    page.volatileU32(ERROR, error);
    peer.notice(what + "; its xenstore connection is closed");
  }

  private void reconnect() {
    broken = false;
    forget();
    requests.reset();
    responses.reset();
    page.volatileU32(ERROR, XENSTORE_ERROR_NONE);
    page.volatileU32(CONNECTION, XENSTORE_CONNECTED);
  }

  private void forget() {
    client.reset();
    outgoing.clear();
    waitingEvents.clear();
    waitingReplies = 0;
    received = 0;
    dropping = false;
  }
}
