package ringside.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static ringside.abi.gen.GrantTableAbi.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ringside.domain.FakeEngine;
import ringside.domain.Machine;
import ringside.domain.Machines;
import ringside.domain.ShutdownReason;
import ringside.grant.GrantGuest.End;
import ringside.memory.Access;

/**
 * What grants mean, said with plain objects, beside the real thing: three domains with three
 * references, three pages and three places for mappings each. Every page has a number of its own in
 * its first word, so that a look through a mapping tells which page is behind it.
 */
final class GrantModel {
  private static final int COUNT = 3;
  private static final int FIRST_REF = 8;
  private static final long PAGES = 0x300;
  private static final long SCRATCH = 0x380;
  private static final long PLACES = 0x20000;

  enum Kind {
    /** The guest publishes an entry, if that is not in use. */
    GRANT,
    MAP,
    UNMAP,
    /** From a grant into a page of the caller's. */
    COPY_IN,
    COPY_OUT,
    /** The guest takes an entry back, if it is not in use. */
    END_ACCESS,
    /** The guest clears an entry though it may be in use. */
    WIPE,
    /** A page is given back, or a new one got. */
    BALLOON,
    DIE
  }

  /**
   * @param who the domain that acts
   * @param whom the domain that is acted on
   * @param aimed true: at something that is there, if there is such; false: anywhere
   */
  record Step(Kind kind, int who, int whom, int ref, int index, boolean readonly, boolean aimed) {}

  private static final Set<Kind> USES = EnumSet.of(Kind.MAP, Kind.COPY_IN, Kind.COPY_OUT);

  /** A page that somebody can see; the number in its first word. */
  private record Page(int number) {}

  private static final class Entry {
    int flags;
    int domid;
    int index;
    int user;
    int readers;
    int writers;
    Page pinned;

    boolean inUse() {
      return readers + writers > 0;
    }

    void unpin(boolean readonly) {
      if (readonly) {
        readers--;
      } else if (--writers == 0) {
        flags &= ~GTF_writing;
      }
      if (!inUse()) {
        flags &= ~GTF_reading;
      }
    }
  }

  private record Place(Dom granter, Entry entry, Page page, boolean readonly, int[] handle) {}

  private static final class Dom {
    GrantGuest guest;
    final Entry[] entries = {new Entry(), new Entry(), new Entry()};
    final Page[] pages = new Page[COUNT];
    final Place[] places = new Place[COUNT];
  }

  private final Machine machine = Machines.machine(new FakeEngine());
  private final Dom[] doms = new Dom[COUNT];
  private int pageNumbers;

  GrantModel() {
    for (int i = 0; i < COUNT; i++) {
      doms[i] = born();
    }
  }

  private Dom born() {
    Dom dom = new Dom();
    dom.guest = new GrantGuest(machine, "guest");
    for (int i = 0; i < COUNT; i++) {
      number(dom, i);
    }
    return dom;
  }

  private void number(Dom dom, int index) {
    dom.pages[index] = new Page(++pageNumbers);
    dom.guest.u32((PAGES + index) << 12, pageNumbers);
  }

  /** Turns an aimed step to a grant that permits something, or to a mapping that is there. */
  Step aim(Step step) {
    List<Step> targets = new ArrayList<>();
    for (int a = 0; a < COUNT && step.aimed; a++) {
      for (int b = 0; b < COUNT; b++) {
        if (step.kind == Kind.UNMAP && doms[a].places[b] != null) {
          targets.add(new Step(step.kind, a, step.whom, step.ref, b, step.readonly, true));
        }
        Entry entry = doms[a].entries[b];
        for (int user = 0; user < COUNT; user++) {
          boolean permitted =
              entry.flags != 0 && entry.domid == doms[user].guest.id() && USES.contains(step.kind);
          if (permitted) {
            targets.add(new Step(step.kind, user, a, b, step.index, step.readonly, true));
          }
        }
      }
    }
    int choice = step.who + COUNT * step.whom + COUNT * COUNT * step.ref;
    return targets.isEmpty() ? step : targets.get(choice % targets.size());
  }

  // What should happen. Changes the model.

  int expect(Step step) {
    Dom who = doms[step.who];
    Dom whom = doms[step.whom];
    return switch (step.kind) {
      case GRANT, END_ACCESS, WIPE, BALLOON, DIE -> GNTST_okay;
      case MAP -> expectMap(step, who, whom);
      case UNMAP -> expectUnmap(who, step.index);
      case COPY_IN -> expectCopy(step, who, whom, true);
      case COPY_OUT -> expectCopy(step, who, whom, false);
    };
  }

  private int expectPin(Step step, Dom user, Dom granter, boolean readonly) {
    Entry entry = granter.entries[step.ref];
    int id = user.guest.id();
    if (entry.inUse() && entry.user != id) {
      return GNTST_general_error;
    }
    boolean permits = (entry.flags & GTF_type_mask) == GTF_permit_access && entry.domid == id;
    boolean marks = !entry.inUse() || !readonly && entry.writers == 0;
    if (!entry.inUse() && !permits || marks && !readonly && (entry.flags & GTF_readonly) != 0) {
      return GNTST_general_error;
    }
    if (!entry.inUse() && granter.pages[entry.index] == null) {
      return GNTST_bad_page;
    }
    if (!entry.inUse()) {
      entry.user = id;
      entry.pinned = granter.pages[entry.index];
    }
    if (marks) {
      entry.flags |= GTF_reading | (readonly ? 0 : GTF_writing);
    }
    entry.readers += readonly ? 1 : 0;
    entry.writers += readonly ? 0 : 1;
    return GNTST_okay;
  }

  private int expectMap(Step step, Dom who, Dom whom) {
    int status = expectPin(step, who, whom, step.readonly);
    if (status != GNTST_okay) {
      return status;
    }
    Entry entry = whom.entries[step.ref];
    if (who.places[step.index] != null) {
      entry.unpin(step.readonly);
      return GNTST_general_error;
    }
    who.places[step.index] = new Place(whom, entry, entry.pinned, step.readonly, new int[1]);
    return GNTST_okay;
  }

  /** The mapping stays in the model until {@link #perform}, which needs its handle. */
  private int expectUnmap(Dom who, int index) {
    return who.places[index] == null ? GNTST_bad_handle : GNTST_okay;
  }

  private int expectCopy(Step step, Dom who, Dom whom, boolean in) {
    int status = expectPin(step, who, whom, in);
    if (status == GNTST_okay) {
      whom.entries[step.ref].unpin(in);
    }
    return status;
  }

  // What does happen

  int perform(Step step) {
    Dom who = doms[step.who];
    Dom whom = doms[step.whom];
    int ref = FIRST_REF + step.ref;
    return switch (step.kind) {
      case GRANT -> grant(step, who, whom);
      case MAP -> map(step, who, whom, ref);
      case UNMAP -> unmap(who, step.index);
      case COPY_IN -> who.guest.copy(End.ref(whom.guest, ref, 4), End.gfn(SCRATCH, 0), 64);
      case COPY_OUT -> who.guest.copy(End.gfn(SCRATCH, 0), End.ref(whom.guest, ref, 4), 64);
      case END_ACCESS -> set(who, step.ref, who.entries[step.ref].inUse() ? -1 : 0);
      case WIPE -> set(who, step.ref, 0);
      case BALLOON -> balloon(who, step.index);
      case DIE -> die(step.who);
    };
  }

  private int grant(Step step, Dom who, Dom whom) {
    Entry entry = who.entries[step.ref];
    if (!entry.inUse()) {
      entry.flags = GTF_permit_access | (step.readonly ? GTF_readonly : 0);
      entry.domid = whom.guest.id();
      entry.index = step.index;
      who.guest.entry(FIRST_REF + step.ref, entry.flags, entry.domid, PAGES + step.index);
    }
    return GNTST_okay;
  }

  private static int set(Dom who, int ref, int flags) {
    if (flags >= 0) {
      Entry entry = who.entries[ref];
      entry.flags = flags;
      entry.domid = 0;
      who.guest.entry(FIRST_REF + ref, flags, 0, PAGES + entry.index);
    }
    return GNTST_okay;
  }

  private int map(Step step, Dom who, Dom whom, int ref) {
    int flags = GNTMAP_host_map | (step.readonly ? GNTMAP_readonly : 0);
    int result = who.guest.map(whom.guest.id(), ref, PLACES + step.index, flags);
    if (result >= 0) {
      who.places[step.index].handle[0] = result;
    }
    return Math.min(result, GNTST_okay);
  }

  private int unmap(Dom who, int index) {
    Place place = who.places[index];
    int status = who.guest.unmap(place == null ? 0x7777 : place.handle[0], PLACES + index);
    if (place != null) {
      place.entry.unpin(place.readonly);
      who.places[index] = null;
    }
    return status;
  }

  private int balloon(Dom who, int index) {
    if (who.pages[index] != null) {
      who.guest.domain().space().unmap(PAGES + index);
      who.pages[index] = null;
    } else {
      who.guest.domain().space().populate(PAGES + index, 1);
      number(who, index);
    }
    return GNTST_okay;
  }

  private int die(int index) {
    Dom who = doms[index];
    for (Place place : who.places) {
      if (place != null) {
        place.entry.unpin(place.readonly);
      }
    }
    who.guest.domain().shutdown(ShutdownReason.POWEROFF, who.guest.domain().vcpu(0), 0);
    machine.run(machine.clock().now() + 1);
    doms[index] = born();
    return GNTST_okay;
  }

  // What must be true after every step

  void check() {
    for (Dom dom : doms) {
      for (int i = 0; i < COUNT; i++) {
        Entry entry = dom.entries[i];
        assertEquals(entry.flags | entry.domid << 16, dom.guest.word(FIRST_REF + i), "an entry");
        checkPlace(dom, i);
        if (dom.pages[i] != null) {
          assertEquals(dom.pages[i].number, dom.guest.u32((PAGES + i) << 12), "an own page");
        }
      }
      assertEquals(
          (int) Arrays.stream(dom.places).filter(p -> p != null).count(),
          dom.guest.domain().grants().mappings());
    }
  }

  private static void checkPlace(Dom dom, int index) {
    Place place = dom.places[index];
    Access access = dom.guest.domain().space().access(PLACES + index);
    if (place == null) {
      assertEquals(Access.NONE, access, "no access without a mapping");
      return;
    }
    assertEquals(place.readonly ? Access.READ_ONLY : Access.READ_WRITE, access);
    assertEquals(place.page.number, dom.guest.u32((PLACES + index) << 12), "a mapped page");
  }

  /** The end of all: nothing is left over. */
  void close() {
    machine.close();
    assertEquals(0, machine.memory().framesInUse());
    assertEquals(0, machine.memory().seams());
  }
}
