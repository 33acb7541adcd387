package ringside.cpu.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import ringside.cpu.GuestException;
import ringside.cpu.jvm.PagingModel.Mode;
import ringside.cpu.jvm.memory.Deopt;
import ringside.cpu.jvm.memory.DomainMemories;
import ringside.cpu.jvm.memory.DomainMemory;
import ringside.cpu.jvm.memory.Mmu;
import ringside.cpu.jvm.memory.SlowAccess;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.MachineMemory;

/**
 * Random page tables, mostly sensible, and random accesses through them: values, error codes, and
 * the accessed and dirty bits are those of the model, whichever way the access is made.
 */
class PagingPropertyTest {
  private static final int PAGES = 64;
  private static final int TABLES = 24;
  private static final int ACCESSES = 300;
  private static final int BYTES = PAGES << 12;

  private static final class World implements AutoCloseable {
    final Random random;
    final MachineMemory machine = new MachineMemory(1 << 20);
    final GuestSpace space = new GuestSpace(machine);
    final DomainMemory domain = new DomainMemories().of(space);
    final TinyBoard board = new TinyBoard();
    final Core core = new Core(space, board, null, c -> new Mmu(c, domain));
    final PagingModel model = new PagingModel(BYTES);

    World(long seed) throws GuestFault {
      random = new Random(seed);
      space.populate(0, PAGES);
      newTables();
    }

    void newTables() throws GuestFault {
      model.mode = Mode.values()[random.nextInt(4)];
      model.nxe = random.nextBoolean();
      model.wp = random.nextBoolean();
      model.pse = random.nextInt(4) > 0;
      model.cr3 = 0;
      int size = model.mode == Mode.TWO_LEVEL ? 4 : 8;
      for (int at = 0; at < TABLES << 12; at += size) {
        long entry = entry();
        if (size == 8) {
          model.memory.putLong(at, entry);
        } else {
          model.memory.putInt(at, (int) entry);
        }
      }
      space.write(new Gpa(0), model.memory.array());
      core.cr0 = 0x11 | (model.wp ? 0x10000 : 0) | (model.mode == Mode.OFF ? 0 : 1L << 31);
      core.cr4 = (model.pse ? 0x10 : 0) | (model.mode.ordinal() >= Mode.PAE.ordinal() ? 0x20 : 0);
      core.efer = (model.nxe ? 0x800 : 0) | (model.mode == Mode.FOUR_LEVEL ? 0x500 : 0);
      core.cr3 = model.cr3;
      core.modeChanged();
    }

    /** Points to a table or to data nearby; now and then something odd. */
    private long entry() {
      long entry = 1L + random.nextInt(random.nextInt(8) == 0 ? PAGES + 4 : PAGES - 1) << 12;
      if (model.mode == Mode.PAE && random.nextBoolean()) {
        return entry | 1 | random.nextInt(4) << 9;
      }
      entry |= random.nextInt(10) == 0 ? random.nextInt(128) : 7 | random.nextInt(8) << 3;
      if (random.nextInt(16) == 0) {
        entry |= 1L << 12 + random.nextInt(52);
      }
      if (random.nextInt(30) == 0) {
        entry = entry & 0xe0_0fffL | 0x80;
      }
      if (model.mode == Mode.FOUR_LEVEL && random.nextInt(16) == 0) {
        entry |= 1L << 52 + random.nextInt(12);
      }
      return entry;
    }

    long address() {
      long linear;
      switch (model.mode) {
        case OFF -> linear = random.nextInt((PAGES + 8) << 12);
        case TWO_LEVEL -> linear = (long) random.nextInt(8) << 22 | random.nextInt(1 << 14);
        case PAE -> linear = (long) random.nextInt(4) << 30 | random.nextInt(3) << 21;
        default -> linear = (long) random.nextInt(3) << 39 | (long) random.nextInt(2) << 30;
      }
      if (model.mode != Mode.OFF) {
        linear |= random.nextInt(1 << 14);
      }
      return linear;
    }

    @Override
    public void close() {
      core.mmu.close();
      domain.close();
      space.close();
      machine.close();
    }
  }

  @Property(tries = 60)
  void everyAccessDoesWhatTheManualSays(@ForAll long seed) throws GuestFault {
    try (World world = new World(seed)) {
      for (int i = 0; i < ACCESSES; i++) {
        if (world.random.nextInt(60) == 0) {
          world.newTables();
        }
        access(world);
      }
      compare(world);
    }
  }

  private static void compare(World world) throws GuestFault {
    assertArrayEquals(world.model.memory.array(), world.space.read(new Gpa(0), BYTES));
  }

  private static void access(World world) throws GuestFault {
    int size = 1 << world.random.nextInt(4);
    long linear = world.address();
    world.core.cpl = world.random.nextInt(3) == 0 ? 3 : 0;
    world.core.mmu.privilegeChanged();
    int kind = world.random.nextInt(5);
    if (kind == 0) {
      fetch(world, linear);
    } else if (kind < 3) {
      load(world, linear, size, kind == 2);
    } else {
      store(world, linear, size, kind == 4);
    }
  }

  private static void fetch(World world, long linear) {
    int code = world.model.translate(linear, false, world.core.cpl == 3, true);
    if (code < 0) {
      assertEquals(world.model.gpa, world.core.mmu.fetch(linear));
    } else {
      fault(world, code, linear, () -> world.core.mmu.fetch(linear));
    }
  }

  private static void fault(World world, int code, long linear, Runnable access) {
    CpuFault fault = assertThrows(CpuFault.class, access::run);
    assertEquals(GuestException.PF, fault.vector());
    assertEquals(code, fault.errorCode());
    assertEquals(linear, fault.address());
  }

  /** The model's translation of each byte; null and the fault in {@code failed} when one fails. */
  private static long[] pages(World world, long linear, int size, boolean write, long[] failed) {
    long[] gpas = new long[size];
    for (int k = 0; k < size; k++) {
      int code = world.model.translate(linear + k, write, world.core.cpl == 3, false);
      if (code >= 0) {
        failed[0] = code;
        failed[1] = linear + k;
        return null;
      }
      gpas[k] = world.model.gpa;
    }
    return gpas;
  }

  private static void load(World world, long linear, int size, boolean translated) {
    long[] failed = new long[2];
    long[] gpas = pages(world, linear, size, false, failed);
    if (gpas == null) {
      if (translated) {
        assertThrows(Deopt.class, () -> SlowAccess.load(world.core, linear, size));
      }
      fault(world, (int) failed[0], failed[1], () -> world.core.mmu.load(linear, size));
      return;
    }
    if (plain(gpas)) {
      long expected = 0;
      for (int k = 0; k < size; k++) {
        expected |= (world.model.memory.get((int) gpas[k]) & 0xffL) << 8 * k;
      }
      Core c = world.core;
      assertEquals(
          expected, translated ? SlowAccess.load(c, linear, size) : c.mmu.load(linear, size));
      return;
    }
    if (translated) {
      assertThrows(Deopt.class, () -> SlowAccess.load(world.core, linear, size));
    }
    world.board.log.clear();
    long value = world.core.mmu.load(linear, size);
    if ((linear & 0xfff) + size <= 4096) {
      assertEquals(TinyBoard.answer(gpas[0], size), value);
      assertEquals(1, world.board.log.size());
    }
  }

  private static boolean plain(long[] gpas) {
    for (long gpa : gpas) {
      if (gpa >= BYTES) {
        return false;
      }
    }
    return true;
  }

  private static void store(World world, long linear, int size, boolean translated)
      throws GuestFault {
    long[] failed = new long[2];
    long[] gpas = pages(world, linear, size, true, failed);
    long value = world.random.nextLong();
    Core c = world.core;
    if (gpas == null) {
      if (translated) {
        assertThrows(Deopt.class, () -> SlowAccess.store(c, linear, size, value));
      }
      fault(world, (int) failed[0], failed[1], () -> c.mmu.store(linear, size, value));
      return;
    }
    if (translated && plain(gpas)) {
      SlowAccess.store(c, linear, size, value);
    } else {
      if (translated) { // it may have looked at the first page only; the interpreter does it all
        assertThrows(Deopt.class, () -> SlowAccess.store(c, linear, size, value));
      }
      c.mmu.store(linear, size, value);
    }
    boolean tables = false;
    for (int k = 0; k < size; k++) {
      if (gpas[k] < BYTES) {
        world.model.memory.put((int) gpas[k], (byte) (value >>> 8 * k));
        tables |= world.model.tables.get((int) gpas[k] >>> 12);
      }
    }
    if (tables) {
      c.mmu.flush();
      compare(world);
    }
  }
}
