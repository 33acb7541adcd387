package ringside.xenstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static ringside.abi.gen.XsWireAbi.*;
import static ringside.xenstore.StoreGuest.*;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.memory.MachineMemory;

class StoreTransactionTest {
  private final MachineMemory memory = new MachineMemory(1 << 20);
  private final XenStore store = new XenStore();
  private final StoreGuest one = new StoreGuest(memory, store, 1);

  @AfterEach
  void close() {
    memory.close();
  }

  private int start() {
    String id = one.ask(XS_TRANSACTION_START, "|");
    return Integer.parseInt(id.substring(0, id.length() - 1));
  }

  @Test
  void changesAppearAtTheEndAndAllAtOnce() {
    one.ask(XS_WATCH, "data|w|");
    one.takeEvents();
    int tx = start();
    assertEquals("OK|", one.ask(XS_WRITE, tx, "data/a|1"));
    assertEquals("OK|", one.ask(XS_WRITE, tx, "data/b/c|2"));
    assertEquals("1", one.ask(XS_READ, tx, "data/a|"));
    assertEquals("a|b|", one.ask(XS_DIRECTORY, tx, "data|"));
    assertEquals(ENOENT, one.ask(XS_READ, "data/a|"));
    assertEquals(List.of(), one.takeEvents());
    assertEquals("OK|", one.ask(XS_TRANSACTION_END, tx, "T|"));
    assertEquals("1", one.ask(XS_READ, "data/a|"));
    assertEquals(List.of("data/a|w|", "data/b/c|w|"), one.takeEvents());
    assertEquals(ENOENT, one.ask(XS_READ, tx, "data/a|"), "it is over");
  }

  @Test
  void anAbortLeavesNothing() {
    int tx = start();
    one.ask(XS_WRITE, tx, "data/a|1");
    one.ask(XS_RM, tx, "data|");
    assertEquals(EINVAL, one.ask(XS_TRANSACTION_END, tx, "X|"));
    assertEquals("OK|", one.ask(XS_TRANSACTION_END, tx, "F|"));
    assertEquals("", one.ask(XS_DIRECTORY, "data|"));
  }

  @Test
  void whoReadWhatAnotherChangedHasToTryAgain() {
    one.ask(XS_WRITE, "data/counter|1");
    int tx = start();
    assertEquals("1", one.ask(XS_READ, tx, "data/counter|"));
    one.ask(XS_WRITE, tx, "data/counter|2");
    one.ask(XS_WRITE, "data/counter|5");
    assertEquals("2", one.ask(XS_READ, tx, "data/counter|"));
    assertEquals(EAGAIN, one.ask(XS_TRANSACTION_END, tx, "T|"));
    assertEquals("5", one.ask(XS_READ, "data/counter|"));
  }

  @Test
  void whatWasAbsentMustStayAbsent() {
    int tx = start();
    assertEquals(ENOENT, one.ask(XS_READ, tx, "data/a|"));
    one.ask(XS_WRITE, "data/a|1");
    assertEquals(ENOENT, one.ask(XS_READ, tx, "data/a|"), "it sees what it saw first");
    assertEquals(EAGAIN, one.ask(XS_TRANSACTION_END, tx, "T|"));
  }

  @Test
  void changesElsewhereDoNotDisturb() {
    one.ask(XS_WRITE, "data/a|1");
    one.ask(XS_WRITE, "data/b|1");
    int tx = start();
    one.ask(XS_WRITE, tx, "data/a|2");
    one.ask(XS_WRITE, "data/b|2");
    assertEquals("OK|", one.ask(XS_TRANSACTION_END, tx, "T|"));
    assertEquals("2", one.ask(XS_READ, "data/a|"));
    assertEquals("2", one.ask(XS_READ, "data/b|"));
  }

  @Test
  void removalsInATransactionCountForTheQuotaAndFireAtTheEnd() {
    for (int i = 1; i < NodeOperations.MAX_NODES; i++) {
      one.ask(XS_MKDIR, "data/d/" + i + "|");
      if (i == 500) {
        one.ask(XS_WATCH, "data/d/500|w|");
      }
    }
    one.takeEvents();
    assertEquals(ENOSPC, one.ask(XS_MKDIR, "data/more|"));
    int tx = start();
    assertEquals("OK|", one.ask(XS_RM, tx, "data/d|"));
    assertEquals("OK|", one.ask(XS_MKDIR, tx, "data/more|"));
    assertEquals("OK|", one.ask(XS_TRANSACTION_END, tx, "T|"));
    assertEquals(List.of("data/d/500|w|"), one.takeEvents());
    assertEquals("more|", one.ask(XS_DIRECTORY, "data|"));
  }

  @Test
  void aTransactionTouchesSoManyNodesAndNoMore() {
    int tx = start();
    for (int i = 0; i < Transaction.MAX_NODES - 1; i++) {
      assertEquals(ENOENT, one.ask(XS_READ, tx, "data/" + i + "|"));
    }
    assertEquals(ENOSPC, one.ask(XS_READ, tx, "data/more|"));
    assertEquals("OK|", one.ask(XS_TRANSACTION_END, tx, "F|"));
  }

  @Test
  void transactionsDoNotNestAndHaveAQuota() {
    int tx = start();
    assertEquals("EBUSY!", one.ask(XS_TRANSACTION_START, tx, "|"));
    for (int i = 1; i < StoreClient.MAX_TRANSACTIONS; i++) {
      start();
    }
    assertEquals(ENOSPC, one.ask(XS_TRANSACTION_START, "|"));
    assertEquals("OK|", one.ask(XS_TRANSACTION_END, tx, "F|"));
    start();
    assertEquals(ENOENT, one.ask(XS_READ, 99, "data|"));
    assertEquals("OK|", one.ask(XS_RESET_WATCHES, "|"));
    start();
  }

  @Test
  void aNodeThatGoesAwayUnderATransactionEndsItWithoutHarm() {
    one.ask(XS_WRITE, "data/a/b|1");
    int remover = start();
    assertEquals("b|", one.ask(XS_DIRECTORY, remover, "data/a|"));
    int writer = start();
    assertEquals("1", one.ask(XS_READ, writer, "data/a/b|"));
    int other = start();
    assertEquals("1", one.ask(XS_READ, other, "data/a/b|"));
    one.ask(XS_RM, "data/a|");
    assertEquals(EAGAIN, one.ask(XS_RM, remover, "data/a|"));
    assertEquals(EAGAIN, one.ask(XS_WRITE, writer, "data/a/b|2"));
    assertEquals(EAGAIN, one.ask(XS_RM, other, "data/a/b|"));
    for (int tx : new int[] {remover, writer, other}) {
      assertEquals(EAGAIN, one.ask(XS_TRANSACTION_END, tx, "T|"));
    }
    assertEquals(ENOENT, one.ask(XS_READ, "data/a|"));
  }

  @Test
  void aTransactionMakesSoManyChangesAndNoMore() {
    int tx = start();
    for (int i = 0; i < Transaction.MAX_CHANGES; i++) {
      assertEquals("OK|", one.ask(XS_WRITE, tx, "data/same|1"));
    }
    assertEquals(ENOSPC, one.ask(XS_WRITE, tx, "data/same|1"));
    assertEquals("OK|", one.ask(XS_TRANSACTION_END, tx, "T|"));
  }
}
