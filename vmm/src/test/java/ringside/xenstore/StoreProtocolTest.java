package ringside.xenstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.abi.gen.XsWireAbi.*;
import static ringside.xenstore.StoreGuest.*;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.memory.MachineMemory;

/** Requests and replies, as they stand on the ring; | is a NUL, ! ends an error's name. */
class StoreProtocolTest {
  private final MachineMemory memory = new MachineMemory(1 << 20);
  private final XenStore store = new XenStore();
  private final StoreGuest one = new StoreGuest(memory, store, 1);
  private final StoreGuest two = new StoreGuest(memory, store, 2);

  @AfterEach
  void close() {
    memory.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2; data|; ''",
        "2; /local/domain/1/data|; ''",
        "2; nothing|; ENOENT!",
        "2; /nothing|; EACCES!",
        "2; /local/domain/2/data|; EACCES!",
        "2; data; EINVAL!",
        "2; data|more|; EINVAL!",
        "2; ''; EINVAL!",
        "2; |; EINVAL!",
        "2; data/|; EINVAL!",
        "2; //local|; EINVAL!",
        "2; data//x|; EINVAL!",
        "2; da ta|; EINVAL!",
        "2; @releaseDomain|; EINVAL!",
        "1; data|; ''",
        "1; .|; EINVAL!",
        "1; /local/domain/1|; data|",
        "3; data|; n1|",
        "3; /local/domain/1|; n0|r1|",
        "11; data/x|value; OK|",
        "11; name|value; EACCES!",
        "11; data/x; EINVAL!",
        "11; /|value; EACCES!",
        "12; data/d|; OK|",
        "12; data|; OK|",
        "12; other|; EACCES!",
        "13; data/nothing|; OK|",
        "13; data/no/thing|; ENOENT!",
        "13; data|; OK|",
        "13; /|; EACCES!",
        "14; data|n1|r2|; OK|",
        "14; data|n2|; EPERM!",
        "14; data|; EINVAL!",
        "14; data|x1|; EINVAL!",
        "14; data|n|; EINVAL!",
        "14; data|n1|r2|r3|r4|r5|r6|; ENOSPC!",
        "14; /local/domain/1|n0|w1|; EACCES!",
        "10; 7|; /local/domain/7|",
        "10; x|; EINVAL!",
        "17; 2|; T|",
        "17; 0|; T|",
        "17; 3|; F|",
        "0; print|x|; EACCES!",
        "8; 3|1|1|; EACCES!",
        "9; 2|; EACCES!",
        "18; 2|; EACCES!",
        "19; 1|2|; EACCES!",
        "15; data|x|; ENOSYS!",
        "16; x|; ENOSYS!",
        "20; x|; ENOSYS!",
        "23; x|; ENOSYS!",
        "65535; x|; ENOSYS!",
        "-1; x|; ENOSYS!",
        "21; |; OK|",
        "7; T|; ENOENT!",
        "22; data|0|; 15||",
        "22; data|99|; 15||",
        "22; data|x|; EINVAL!",
      })
  void everyRequestHasItsReply(int type, String payload, String reply) {
    String got = one.ask(type, payload == null ? "" : payload);
    if (type == XS_DIRECTORY_PART && reply.endsWith("||")) {
      assertTrue(got.matches("[0-9]+\\|\\|"), got);
    } else {
      assertEquals(reply == null ? "" : reply, got);
    }
  }

  @Test
  void aValueIsReadBackByteForByte() {
    assertEquals("OK|", one.ask(XS_WRITE, "data/a/b/c|x|y\u00ff|"));
    assertEquals("x|y\u00ff|", one.ask(XS_READ, "data/a/b/c|"));
    assertEquals("", one.ask(XS_READ, "data/a|"));
    assertEquals("OK|", one.ask(XS_WRITE, "data/a/b/c|"));
    assertEquals("", one.ask(XS_READ, "data/a/b/c|"));
  }

  @Test
  void childrenComeInOrderAndGoWithTheirParent() {
    for (String name : List.of("b", "a", "c", "B")) {
      assertEquals("OK|", one.ask(XS_WRITE, "data/d/" + name + "|1"));
    }
    assertEquals("B|a|b|c|", one.ask(XS_DIRECTORY, "data/d|"));
    assertEquals("OK|", one.ask(XS_RM, "data/d/b|"));
    assertEquals("B|a|c|", one.ask(XS_DIRECTORY, "data/d|"));
    assertEquals("OK|", one.ask(XS_RM, "data/d|"));
    assertEquals(ENOENT, one.ask(XS_READ, "data/d/a|"));
    assertEquals("", one.ask(XS_DIRECTORY, "data|"));
  }

  @Test
  void aLongDirectoryComesInParts() {
    String name = "n".repeat(90);
    for (int i = 10; i < 70; i++) {
      assertEquals("OK|", one.ask(XS_MKDIR, "data/" + i + name + "|"));
    }
    assertEquals(E2BIG, one.ask(XS_DIRECTORY, "data|"));
    StringBuilder all = new StringBuilder();
    boolean end = false;
    for (int parts = 0; !end && parts < 5; parts++) {
      String part = one.ask(XS_DIRECTORY_PART, "data|" + all.length() + "|");
      assertTrue(part.length() <= XENSTORE_PAYLOAD_MAX);
      String names = part.substring(part.indexOf('|') + 1);
      end = names.endsWith("||");
      all.append(names, 0, end ? names.length() - 1 : names.length());
    }
    assertTrue(end);
    assertEquals(60 * 93, all.length());
    assertEquals("10" + name + "|", all.substring(0, 93));
  }

  @Test
  void onlyWhomTheOwnerLetsInCanRead() {
    one.ask(XS_WRITE, "data/port|5");
    assertEquals(EACCES, two.ask(XS_READ, "/local/domain/1/data/port|"));
    assertEquals("OK|", one.ask(XS_SET_PERMS, "data/port|n1|r2|"));
    assertEquals("5", two.ask(XS_READ, "/local/domain/1/data/port|"));
    assertEquals("n1|r2|", two.ask(XS_GET_PERMS, "/local/domain/1/data/port|"));
    assertEquals(EACCES, two.ask(XS_WRITE, "/local/domain/1/data/port|6"));
    assertEquals(EACCES, two.ask(XS_SET_PERMS, "/local/domain/1/data/port|n1|b2|"));
    assertEquals("OK|", one.ask(XS_SET_PERMS, "data/port|r1|b2|"));
    assertEquals("OK|", two.ask(XS_WRITE, "/local/domain/1/data/port/below|6"));
    assertEquals("r2|b2|", one.ask(XS_GET_PERMS, "data/port/below|"), "who creates it owns it");
    assertEquals("6", one.ask(XS_READ, "data/port/below|"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 2049})
  void valuesAndPathsHaveLimits(int length) {
    boolean fits = length <= 2048;
    String text = "v".repeat(length);
    assertEquals(fits ? "OK|" : ENOSPC, one.ask(XS_WRITE, "data/v|" + text));
    String path = "data/" + "p".repeat(length - 5);
    assertEquals(fits ? ENOENT : EINVAL, one.ask(XS_READ, path + "|"));
  }

  @Test
  void aDomainOwnsAtMostAThousandNodes() {
    for (int i = 1; i < NodeOperations.MAX_NODES; i++) {
      assertEquals("OK|", one.ask(XS_MKDIR, "data/n" + i + "|"), "node " + i);
    }
    assertEquals(ENOSPC, one.ask(XS_MKDIR, "data/more|"));
    assertEquals("OK|", one.ask(XS_WRITE, "data/n1|still"));
    assertEquals("OK|", one.ask(XS_RM, "data/n5|"));
    assertEquals(ENOSPC, one.ask(XS_MKDIR, "data/more/deep|"), "that would be two");
    assertEquals("OK|", one.ask(XS_MKDIR, "data/more|"));
    assertEquals("OK|", two.ask(XS_MKDIR, "data/mine|"), "others have their own quota");
  }
}
