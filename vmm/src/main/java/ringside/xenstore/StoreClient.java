package ringside.xenstore;

import static ringside.abi.gen.ErrnoAbi.E2BIG;
import static ringside.abi.gen.ErrnoAbi.EEXIST;
import static ringside.abi.gen.ErrnoAbi.ENOENT;
import static ringside.abi.gen.ErrnoAbi.ENOSPC;
import static ringside.abi.gen.XsWireAbi.XENSTORE_PAYLOAD_MAX;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A domain as the store knows it: its watches and transactions, and where its events go. */
final class StoreClient {
  static final int MAX_WATCHES = 128;
  static final int MAX_TRANSACTIONS = 10;

  /** Takes events to the client. */
  @FunctionalInterface
  interface Events {
    /**
     * @param cause trace id of what made the watch fire
     */
    void fired(String path, String token, long cause);
  }

  private final int domid;
  private final Events events;
  private final List<Watch> watches = new ArrayList<>();
  private final SortedMap<Integer, Transaction> transactions = new TreeMap<>();
  private int lastTransaction;

  StoreClient(int domid, Events events) {
    this.domid = domid;
    this.events = events;
  }

  int domid() {
    return domid;
  }

  Watch watch(String given, String token) throws StoreError {
    Watch watch = new Watch(StorePath.nodeOrSpecial(given, domid), given, token);
    if (watch.path().length() + token.length() + 2 > XENSTORE_PAYLOAD_MAX) {
      throw new StoreError(E2BIG);
    }
    if (find(watch.path(), token) != null) {
      throw new StoreError(EEXIST);
    }
    if (watches.size() >= MAX_WATCHES) {
      throw new StoreError(E2BIG);
    }
    watches.add(watch);
    return watch;
  }

  void unwatch(String given, String token) throws StoreError {
    Watch watch = find(StorePath.nodeOrSpecial(given, domid), token);
    if (watch == null) {
      throw new StoreError(ENOENT);
    }
    watches.remove(watch);
  }

  private Watch find(String path, String token) {
    for (Watch watch : watches) {
      if (watch.path().equals(path) && watch.token().equals(token)) {
        return watch;
      }
    }
    return null;
  }

  /** The one event that every new watch gets. */
  void fireFirst(Watch watch, long cause) {
    events.fired(watch.given(), watch.token(), cause);
  }

  void fire(Change change, long cause) {
    if (!change.visibleTo(domid)) {
      return;
    }
    for (Watch watch : ImmutableList.copyOf(watches)) {
      if (change.matches(watch.path())) {
        events.fired(watch.eventPath(change.path()), watch.token(), cause);
      }
    }
  }

  /** Id of a new transaction, from 1 on. */
  int startTransaction(Tree tree) throws StoreError {
    if (transactions.size() >= MAX_TRANSACTIONS) {
      throw new StoreError(ENOSPC);
    }
    do {
      lastTransaction++;
    } while (lastTransaction == 0 || transactions.containsKey(lastTransaction));
    transactions.put(lastTransaction, new Transaction(tree));
    return lastTransaction;
  }

  Transaction transaction(int id) throws StoreError {
    Transaction transaction = transactions.get(id);
    if (transaction == null) {
      throw new StoreError(ENOENT);
    }
    return transaction;
  }

  void endTransaction(int id) {
    transactions.remove(id);
  }

  /** Forgets all watches and transactions. */
  void reset() {
    watches.clear();
    transactions.clear();
  }
}
