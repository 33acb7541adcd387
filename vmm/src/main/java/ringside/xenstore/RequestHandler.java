package ringside.xenstore;

import static ringside.abi.gen.ErrnoAbi.E2BIG;
import static ringside.abi.gen.ErrnoAbi.EACCES;
import static ringside.abi.gen.ErrnoAbi.EAGAIN;
import static ringside.abi.gen.ErrnoAbi.EBUSY;
import static ringside.abi.gen.ErrnoAbi.EINVAL;
import static ringside.abi.gen.ErrnoAbi.ENOENT;
import static ringside.abi.gen.ErrnoAbi.ENOSYS;
import static ringside.abi.gen.XsWireAbi.*;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each kind of request does, and its reply (docs/misc/xenstore.txt).
 *
 * <p>Invariant: every request gets exactly one reply, before the events that it causes. What is for
 * the control domain is refused with EACCES, what is no request with ENOSYS.
 */
final class RequestHandler {
  private static final byte[] OK = StoreText.bytes("OK\0");

  private final XenStore store;
  private final StoreClient client;
  private final List<Change> changes = new ArrayList<>();
  private Watch newWatch;

  RequestHandler(XenStore store, StoreClient client) {
    this.store = store;
    this.client = client;
  }

  /** The reply; {@link #fire} has to follow when it is sent. */
  StoreMessage handle(StoreMessage request) {
    changes.clear();
    newWatch = null;
    try {
      byte[] payload = perform(request);
      if (payload.length > XENSTORE_PAYLOAD_MAX) {
        throw new StoreError(E2BIG);
      }
      return reply(request, request.type(), payload);
    } catch (StoreError e) {
      return reply(request, XS_ERROR, StoreText.bytes(e.getMessage() + '\0'));
    }
  }

  private static StoreMessage reply(StoreMessage request, int type, byte[] payload) {
    return new StoreMessage(type, request.requestId(), request.transaction(), payload);
  }

  /**
   * Lets watches fire for what the last request has done.
   *
   * @param cause trace id of the request
   */
  void fire(long cause) {
    if (newWatch != null) {
      client.fireFirst(newWatch, cause);
    }
    store.fire(ImmutableList.copyOf(changes), cause);
  }

  private byte[] perform(StoreMessage request) throws StoreError {
    return switch (request.type()) {
      case XS_DIRECTORY -> directory(request);
      case XS_DIRECTORY_PART -> directoryPart(request);
      case XS_READ -> operations(request).get(onePath(request), Permission.READ).value();
      case XS_GET_PERMS -> getPermissions(request);
      case XS_SET_PERMS -> setPermissions(request);
      case XS_WRITE -> write(request);
      case XS_MKDIR -> {
        operations(request).mkdir(onePath(request));
        yield OK;
      }
      case XS_RM -> {
        operations(request).remove(onePath(request));
        yield OK;
      }
      case XS_WATCH -> {
        List<String> texts = StoreText.exactly(2, request.payload());
        newWatch = client.watch(texts.get(0), texts.get(1));
        yield OK;
      }
      case XS_UNWATCH -> {
        List<String> texts = StoreText.exactly(2, request.payload());
        client.unwatch(texts.get(0), texts.get(1));
        yield OK;
      }
      case XS_RESET_WATCHES -> {
        client.reset();
        yield OK;
      }
      case XS_TRANSACTION_START -> startTransaction(request);
      case XS_TRANSACTION_END -> endTransaction(request);
      case XS_GET_DOMAIN_PATH -> {
        int domid = StoreText.domid(StoreText.one(request.payload()));
        yield StoreText.bytes(StorePath.home(domid) + '\0');
      }
      case XS_IS_DOMAIN_INTRODUCED -> {
        int domid = StoreText.domid(StoreText.one(request.payload()));
        yield StoreText.bytes(store.knows(domid) ? "T\0" : "F\0");
      }
      case XS_CONTROL, XS_INTRODUCE, XS_RELEASE, XS_RESUME, XS_SET_TARGET ->
          throw new StoreError(EACCES);
      default -> throw new StoreError(ENOSYS);
    };
  }

  private NodeOperations operations(StoreMessage request) throws StoreError {
    int id = request.transaction();
    if (id == 0) {
      return new NodeOperations(store.tree(), client.domid(), changes);
    }
    Transaction transaction = client.transaction(id);
    return new NodeOperations(transaction, client.domid(), transaction.changes());
  }

  private String onePath(StoreMessage request) throws StoreError {
    return path(StoreText.one(request.payload()));
  }

  private String path(String given) throws StoreError {
    return StorePath.node(given, client.domid());
  }

  private byte[] directory(StoreMessage request) throws StoreError {
    Node node = operations(request).get(onePath(request), Permission.READ);
    return StoreText.join(node.children());
  }

  /** A generation, names from an offset on as many as fit, and an empty name at the very end. */
  private byte[] directoryPart(StoreMessage request) throws StoreError {
    List<String> texts = StoreText.exactly(2, request.payload());
    Node node = operations(request).get(path(texts.get(0)), Permission.READ);
    byte[] names = StoreText.join(node.children());
    byte[] generation = StoreText.bytes(node.generation() + "\0");
    int from = Math.min(StoreText.number(texts.get(1)), names.length);
    int end = Math.min(names.length, from + XENSTORE_PAYLOAD_MAX - generation.length - 1);
    while (end > from && names[end - 1] != 0) {
      end--;
    }
    int length = generation.length + end - from;
    byte[] part = Arrays.copyOf(generation, end == names.length ? length + 1 : length);
    System.arraycopy(names, from, part, generation.length, end - from);
    return part;
  }

  private byte[] getPermissions(StoreMessage request) throws StoreError {
    String given = StoreText.one(request.payload());
    String path = StorePath.nodeOrSpecial(given, client.domid());
    Node node = operations(request).get(path, Permission.READ);
    return StoreText.join(Lists.transform(node.permissions().entries(), Permission::toString));
  }

  private byte[] setPermissions(StoreMessage request) throws StoreError {
    List<String> texts = StoreText.all(request.payload());
    if (texts.size() < 2) {
      throw new StoreError(EINVAL);
    }
    String path = StorePath.nodeOrSpecial(texts.get(0), client.domid());
    Permissions permissions = Permissions.parse(texts.subList(1, texts.size()));
    operations(request).permissions(path, permissions);
    return OK;
  }

  /** The value is all that follows the path's NUL, and may hold any bytes. */
  private byte[] write(StoreMessage request) throws StoreError {
    List<String> texts = StoreText.all(request.payload());
    if (texts.isEmpty()) {
      throw new StoreError(EINVAL);
    }
    byte[] payload = request.payload();
    byte[] value = Arrays.copyOfRange(payload, texts.get(0).length() + 1, payload.length);
    operations(request).write(path(texts.get(0)), value);
    return OK;
  }

  private byte[] startTransaction(StoreMessage request) throws StoreError {
    if (request.transaction() != 0) {
      throw new StoreError(EBUSY);
    }
    int id = client.startTransaction(store.tree());
    return StoreText.bytes(Integer.toUnsignedString(id) + '\0');
  }

  private byte[] endTransaction(StoreMessage request) throws StoreError {
    int id = request.transaction();
    if (id == 0) {
      throw new StoreError(ENOENT);
    }
    Transaction transaction = client.transaction(id);
    String how = StoreText.one(request.payload());
    if (!how.equals("T") && !how.equals("F")) {
      throw new StoreError(EINVAL);
    }
    client.endTransaction(id);
    if (how.equals("T")) {
      if (!transaction.commit()) {
        throw new StoreError(EAGAIN);
      }
      changes.addAll(transaction.changes());
    }
    return OK;
  }
}
