package ringside.xenstore;

import static ringside.abi.gen.XsWireAbi.XENSTORE_RING_SIZE;
import static ringside.abi.gen.XsWireAbi.XS_ERROR;
import static ringside.abi.gen.XsWireAbi.XS_WATCH_EVENT;

import com.google.common.primitives.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ringside.abi.Errno;
import ringside.abi.gen.ErrnoAbi;
import ringside.memory.Frame;
import ringside.memory.MachineMemory;
import ringside.trace.XenstoreEvent;

/** A guest's end of a xenstore page, written against the page and nothing else. */
final class StoreGuest implements StoreConnection.Peer {
  static final int REQ_CONS = 0x800;
  static final int REQ_PROD = 0x804;
  static final int RSP_CONS = 0x808;
  static final int RSP_PROD = 0x80c;
  static final int CONNECTION = 0x814;
  static final int ERROR = 0x818;
  private static final int RSP = 0x400;

  final Frame page;
  final StoreConnection connection;
  final List<String> notices = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  int notifications;
  private byte[] pending = {};
  private int nextRequest = 1;

  StoreGuest(MachineMemory memory, XenStore store, int domid) {
    page = Frame.allocate(memory);
    connection = new StoreConnection(page, domid, store, this);
    String home = "/local/domain/" + domid;
    store.write(home, "");
    store.permissions(home, List.of("n0", "r" + domid));
    store.write(home + "/data", "");
    store.permissions(home + "/data", List.of("n" + domid));
    store.introduce(connection.client());
  }

  /** A request and its reply as text, NULs as |; errors as their name with an exclamation mark. */
  String ask(int type, String payload) {
    return ask(type, 0, payload);
  }

  String ask(int type, int transaction, String payload) {
    byte[] bytes = StoreText.bytes(payload.replace('|', '\0'));
    int id = nextRequest++;
    send(new StoreMessage(type, id, transaction, bytes).bytes());
    StoreMessage reply = nextReply();
    if (reply.requestId() != id || reply.transaction() != transaction) {
      throw new AssertionError("reply to another request: " + reply);
    }
    String text = StoreText.text(reply.payload()).replace('\0', '|');
    return reply.type() == XS_ERROR ? text.replace("|", "!") : text;
  }

  /** Puts bytes into the request ring, as the ring has room. */
  void send(byte[] bytes) {
    int sent = 0;
    while (sent < bytes.length) {
      int prod = page.u32(REQ_PROD);
      int room = XENSTORE_RING_SIZE - (prod - page.u32(REQ_CONS));
      int count = Math.min(room, bytes.length - sent);
      for (int i = 0; i < count; i++) {
        page.u8(prod + i & XENSTORE_RING_SIZE - 1, bytes[sent + i]);
      }
      page.u32(REQ_PROD, prod + count);
      sent += count;
      connection.process(0);
      if (count == 0 && receive() == 0) {
        throw new AssertionError("the request ring stays full");
      }
    }
  }

  /** Takes what is in the response ring. */
  int receive() {
    int cons = page.u32(RSP_CONS);
    int count = page.u32(RSP_PROD) - cons;
    byte[] got = new byte[count];
    for (int i = 0; i < count; i++) {
      got[i] = (byte) page.u8(RSP + (cons + i & XENSTORE_RING_SIZE - 1));
    }
    page.u32(RSP_CONS, cons + count);
    pending = Bytes.concat(pending, got);
    connection.process(0);
    return count;
  }

  private StoreMessage nextReply() {
    while (true) {
      StoreMessage message = nextMessage();
      if (message.type() != XS_WATCH_EVENT) {
        return message;
      }
      note(message);
    }
  }

  private void note(StoreMessage event) {
    events.add(StoreText.text(event.payload()).replace('\0', '|'));
  }

  private StoreMessage nextMessage() {
    while (!complete()) {
      if (receive() == 0) {
        throw new AssertionError("no reply");
      }
    }
    int length = StoreMessage.HEADER + (int) StoreMessage.length(pending);
    StoreMessage message = StoreMessage.of(pending);
    pending = Arrays.copyOfRange(pending, length, pending.length);
    return message;
  }

  private boolean complete() {
    return pending.length >= StoreMessage.HEADER
        && pending.length >= StoreMessage.HEADER + StoreMessage.length(pending);
  }

  /** All watch events up to now, which are then forgotten: "path|token|". */
  List<String> takeEvents() {
    while (receive() > 0 || complete()) {
      while (complete()) {
        note(nextMessage());
      }
    }
    List<String> all = List.copyOf(events);
    events.clear();
    return all;
  }

  static String error(int errno) {
    return Errno.name(-errno).orElseThrow() + "!";
  }

  static final String EACCES = error(ErrnoAbi.EACCES);
  static final String EAGAIN = error(ErrnoAbi.EAGAIN);
  static final String EINVAL = error(ErrnoAbi.EINVAL);
  static final String ENOENT = error(ErrnoAbi.ENOENT);
  static final String ENOSPC = error(ErrnoAbi.ENOSPC);
  static final String ENOSYS = error(ErrnoAbi.ENOSYS);
  static final String E2BIG = error(ErrnoAbi.E2BIG);

  @Override
  public void notify(long cause) {
    notifications++;
  }

  @Override
  public void notice(String what) {
    notices.add(what);
  }

  @Override
  public boolean tracing(String type) {
    return false;
  }

  @Override
  public long trace(long cause, XenstoreEvent event) {
    throw new AssertionError("not tracing");
  }
}
