package ringside.device.nvme;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What the controller and its namespaces say of themselves (NVM Express 1.4, section 5.15). */
final class Identify {
  /** Most data of a command: 2 to this power pages, 1 MiB. */
  static final int MDTS = 8;

  static final int BYTES = 4096;

  private static final int NAMESPACE = 0x00;
  private static final int CONTROLLER = 0x01;
  private static final int ACTIVE_LIST = 0x02;
  private static final int DESCRIPTORS = 0x03;
  private static final int ALL = 0xffff_ffff;
  private static final int VENDOR = 0x1b36;

  private final ImmutableList<Namespace> namespaces;
  private final String serial;

  Identify(ImmutableList<Namespace> namespaces, String serial) {
    this.namespaces = namespaces;
    this.serial = serial;
  }

  ByteBuffer answer(int cns, int nsid) throws CommandException {
    return switch (cns) {
      case NAMESPACE -> namespace(nsid);
      case CONTROLLER -> controller();
      case ACTIVE_LIST -> activeList(nsid);
      case DESCRIPTORS -> descriptors(nsid);
      default -> throw new CommandException(Status.INVALID_FIELD);
    };
  }

  private static ByteBuffer page() {
    return ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer controller() {
    ByteBuffer page = page();
    page.putShort(0, (short) VENDOR).putShort(2, (short) VENDOR);
    text(page, 4, 20, serial);
    text(page, 24, 40, "Ringside NVMe controller");
    text(page, 64, 8, "1");
    page.put(77, (byte) MDTS);
    page.putInt(80, Registers.VERSION);
    page.put(111, (byte) 1); // an I/O controller
    page.put(258, (byte) 3); // abort limit, minus 1
    page.put(259, (byte) (AsyncEvents.LIMIT - 1));
    page.put(260, (byte) 3); // one firmware slot, read-only
    page.put(261, (byte) 6); // commands' effects; log pages by offset
    page.put(262, (byte) (LogPages.ERRORS - 1));
    page.putShort(266, (short) 0x157).putShort(268, (short) 0x175); // temperatures, K
    page.put(512, (byte) 0x66).put(513, (byte) 0x44);
    page.putInt(516, namespaces.size());
    page.putShort(520, (short) 0b1101_1101); // compare, deallocate, zeroes, select, time, verify
    page.put(525, (byte) 0b111); // a volatile write cache; flush takes all namespaces
    text(page, 768, 256, "nqn.2025-10.ringside:nvme:" + serial);
    page.put(768 + "nqn.2025-10.ringside:nvme:".length() + serial.length(), (byte) 0);
    page.putShort(2048, (short) 2500); // power state 0: 25 W
    return page;
  }

  private static void text(ByteBuffer page, int offset, int length, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < length; i++) {
      page.put(offset + i, i < ascii.length ? ascii[i] : (byte) ' ');
    }
  }

  private Namespace find(int nsid) throws CommandException {
    CommandException.unless(nsid > 0 && nsid <= namespaces.size(), Status.INVALID_NAMESPACE);
    return namespaces.get(nsid - 1);
  }

  private ByteBuffer namespace(int nsid) throws CommandException {
    ByteBuffer page = page();
    if (nsid != ALL) {
      Namespace namespace = find(nsid);
      long blocks = namespace.blocks();
      page.putLong(0, blocks).putLong(8, blocks).putLong(16, blocks);
      page.put(33, (byte) 0b1001); // deallocated blocks read as zero; so does write zeroes
      nguid(page, 104, namespace);
      page.order(ByteOrder.BIG_ENDIAN).putLong(120, namespace.uid()).order(ByteOrder.LITTLE_ENDIAN);
      page.putInt(128, namespace.blockShift() << 16);
    } else {
      page.putInt(128, namespaces.getFirst().blockShift() << 16);
    }
    return page;
  }

  private static void nguid(ByteBuffer page, int offset, Namespace namespace) {
    page.order(ByteOrder.BIG_ENDIAN)
        .putLong(offset, 0x5249_4e47_5349_4445L)
        .putLong(offset + 8, namespace.uid())
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer activeList(int after) throws CommandException {
    CommandException.unless(
        Integer.compareUnsigned(after, 0xffff_fffe) < 0, Status.INVALID_NAMESPACE);
    ByteBuffer page = page();
    for (Namespace namespace : namespaces) {
      if (Integer.compareUnsigned(namespace.nsid(), after) > 0) {
        page.putInt(namespace.nsid());
      }
    }
    return page.clear();
  }

  private ByteBuffer descriptors(int nsid) throws CommandException {
    Namespace namespace = find(nsid);
    ByteBuffer page = page();
    page.put(0, (byte) 1).put(1, (byte) 8); // EUI64
    page.order(ByteOrder.BIG_ENDIAN).putLong(4, namespace.uid());
    page.put(12, (byte) 2).put(13, (byte) 16);
    nguid(page, 16, namespace);
    return page;
  }
}
