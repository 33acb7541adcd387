package ringside.xenstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.XsWireAbi.*;
import static ringside.xenstore.StoreGuest.*;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ringside.memory.MachineMemory;

class StoreWatchTest {
  private final MachineMemory memory = new MachineMemory(1 << 20);
  private final XenStore store = new XenStore();
  private final StoreGuest one = new StoreGuest(memory, store, 1);
  private final StoreGuest two = new StoreGuest(memory, store, 2);

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void aWatchFiresOnceWhenSetAndThenForItsNodeAndAllBelow() {
    assertEquals("OK|", one.ask(XS_WATCH, "data/a|tok|"));
    assertEquals(List.of("data/a|tok|"), one.takeEvents());
    one.ask(XS_WRITE, "data/a|1");
    one.ask(XS_WRITE, "data/a/b|1");
    one.ask(XS_WRITE, "data/ab|1");
    assertEquals(List.of("data/a|tok|", "data/a/b|tok|"), one.takeEvents());
    one.ask(XS_SET_PERMS, "data/a/b|r1|");
    assertEquals(List.of("data/a/b|tok|"), one.takeEvents());
    one.ask(XS_MKDIR, "data/a|");
    one.ask(XS_RM, "data/a/c|");
    assertEquals(List.of(), one.takeEvents(), "nothing has changed");
  }

  @Test
  void eventPathsAreOfTheKindThatTheWatchHas() {
    one.ask(XS_WATCH, "/local/domain/1/data|abs|");
    one.ask(XS_WATCH, "data|rel|");
    one.takeEvents();
    store.write("/local/domain/1/data/x", "1");
    assertEquals(List.of("/local/domain/1/data/x|abs|", "data/x|rel|"), one.takeEvents());
  }

  @Test
  void removingANodeFiresForItAndForWatchesFurtherDown() {
    one.ask(XS_WRITE, "data/a/b/c|1");
    one.ask(XS_WATCH, "data|top|");
    one.ask(XS_WATCH, "data/a/b|middle|");
    one.ask(XS_WATCH, "data/a/b/c|deep|");
    one.takeEvents();
    one.ask(XS_RM, "data/a|");
    assertEquals(List.of("data/a|top|", "data/a/b|middle|", "data/a/b/c|deep|"), one.takeEvents());
  }

  @Test
  void theSameWatchTwiceIsRefusedAndUnwatchNeedsTheToken() {
    assertEquals("OK|", one.ask(XS_WATCH, "data|t|"));
    assertEquals("EEXIST!", one.ask(XS_WATCH, "/local/domain/1/data|t|"));
    assertEquals("OK|", one.ask(XS_WATCH, "data|u|"));
    assertEquals(ENOENT, one.ask(XS_UNWATCH, "data|v|"));
    assertEquals("OK|", one.ask(XS_UNWATCH, "data|t|"));
    assertEquals(EINVAL, one.ask(XS_WATCH, "data|"));
    assertEquals(EINVAL, one.ask(XS_WATCH, "@nonsense|t|"));
    one.takeEvents();
    one.ask(XS_WRITE, "data/x|1");
    assertEquals(List.of("data/x|u|"), one.takeEvents());
    assertEquals("OK|", one.ask(XS_RESET_WATCHES, "|"));
    one.ask(XS_WRITE, "data/x|2");
    assertEquals(List.of(), one.takeEvents());
  }

  @Test
  void nobodyHearsOfWhatHeMayNotRead() {
    assertEquals("OK|", two.ask(XS_WATCH, "/local/domain/1/data|t|"));
    assertEquals(List.of("/local/domain/1/data|t|"), two.takeEvents());
    one.ask(XS_WRITE, "data/port|5");
    assertEquals(List.of(), two.takeEvents());
    one.ask(XS_SET_PERMS, "data/port|n1|r2|");
    assertEquals(List.of("/local/domain/1/data/port|t|"), two.takeEvents());
    one.ask(XS_WRITE, "data/port|6");
    assertEquals(List.of("/local/domain/1/data/port|t|"), two.takeEvents());
    one.ask(XS_SET_PERMS, "data/port|n1|");
    assertEquals(List.of("/local/domain/1/data/port|t|"), two.takeEvents(), "it could, until now");
    one.ask(XS_WRITE, "data/port|7");
    assertEquals(List.of(), two.takeEvents());
  }

  @Test
  void domainsThatComeAndGoAreAnnouncedToWhomItIsAllowed() {
    one.ask(XS_WATCH, "@introduceDomain|in|");
    one.ask(XS_WATCH, "@releaseDomain|out|");
    one.takeEvents();
    new StoreGuest(memory, store, 3);
    store.release(3);
    assertEquals(List.of(), one.takeEvents());
    store.permissions("@introduceDomain", List.of("n0", "r1"));
    store.permissions("@releaseDomain", List.of("r0"));
    one.takeEvents();
    new StoreGuest(memory, store, 3);
    assertEquals(List.of("@introduceDomain|in|"), one.takeEvents());
    store.release(3);
    assertEquals(List.of("@releaseDomain|out|"), one.takeEvents());
  }

  @Test
  void aDomainThatGoesTakesItsNodesAndRightsWithIt() {
    two.ask(XS_WRITE, "data/for-one|1");
    two.ask(XS_SET_PERMS, "data/for-one|n2|r1|");
    one.ask(XS_WRITE, "data/shared|1");
    one.ask(XS_SET_PERMS, "data/shared|n1|b2|");
    two.ask(XS_WRITE, "/local/domain/1/data/shared/left|1");
    one.ask(XS_WATCH, "/local/domain/2/data/for-one|t|");
    one.takeEvents();
    store.release(2);
    assertEquals(List.of("/local/domain/2/data/for-one|t|"), one.takeEvents());
    assertEquals("n1|", one.ask(XS_GET_PERMS, "data/shared|"));
    assertEquals(EACCES, one.ask(XS_READ, "data/shared/left|"), "it belongs to domain 0 now");
    assertEquals(null, store.read("/local/domain/2"));
    assertEquals("F|", one.ask(XS_IS_DOMAIN_INTRODUCED, "2|"));
  }

  @Test
  void watchesHaveAQuota() {
    for (int i = 0; i < StoreClient.MAX_WATCHES; i++) {
      assertEquals("OK|", one.ask(XS_WATCH, "data|" + i + "|"));
    }
    assertEquals(E2BIG, one.ask(XS_WATCH, "data|more|"));
    one.ask(XS_UNWATCH, "data|7|");
    assertEquals("OK|", one.ask(XS_WATCH, "data|more|"));
  }

  @Test
  void eventsWaitBoundedAndOnceEach() {
    two.ask(XS_WATCH, "data|t|");
    two.takeEvents();
    for (int i = 0; i < 100; i++) {
      store.write("/local/domain/2/data/same", "" + i);
    }
    assertTrue(two.takeEvents().size() < 40, "those that fit into the ring, and one more");
    for (int i = 0; i < 2000; i++) {
      store.write("/local/domain/2/data/n" + i, "");
    }
    assertEquals(1, two.notices.size());
    int heard = two.takeEvents().size();
    assertTrue(heard >= StoreConnection.MAX_EVENTS && heard < 2000, heard + " events");
  }

  @Test
  void theToolstackAsksAGuestToStop() {
    store.write("/local/domain/1/control/shutdown", "");
    one.ask(XS_WATCH, "control/shutdown|s|");
    one.takeEvents();
    store.requestShutdown(1, "poweroff");
    assertEquals(List.of("control/shutdown|s|"), one.takeEvents());
    assertEquals("poweroff", one.ask(XS_READ, "control/shutdown|"));
  }
}
