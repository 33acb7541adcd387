package ringside.grant;

import static ringside.abi.gen.GrantTableAbi.*;

import java.util.SortedMap;
import java.util.TreeMap;
import ringside.domain.Domain;
import ringside.domain.MemoryMap;
import ringside.memory.Access;
import ringside.memory.Frame;
import ringside.memory.Gpa;
import ringside.memory.GuestSpace;

/**
 * A domain's grant table: what it grants to others, and what it has mapped of theirs. Version 1.
 *
 * <p>Invariant: the reading bit of an entry is set exactly while the entry is pinned, the writing
 * bit exactly while it is pinned for writing. A pin holds the frame: that of a mapping lives in the
 * mapper's p2m, so a granter's death takes nothing away from under a mapper.
 *
 * <p>Locking: an operation takes the granter's table, then the mapper's; both are the same monitor
 * when a domain maps its own grant.
 */
public final class GrantTable implements AutoCloseable {
  /** Mappings that one domain may hold: Xen's default for max_maptrack_frames allows as many. */
  static final int MAX_MAPPINGS = 65_536;

  /** An entry in use. */
  private static final class Active {
    int domain;
    long mfn;
    int readers;
    int writers;
  }

  private final Domain domain;
  private final GrantEntries entries;
  private final SortedMap<Integer, Active> active = new TreeMap<>();
  private final Maptrack maptrack = new Maptrack(MAX_MAPPINGS);

  public GrantTable(Domain domain, int maxFrames) {
    this.domain = domain;
    this.entries = new GrantEntries(domain.machine().memory(), maxFrames);
  }

  /**
   * The first frame appears at its reserved gfn from the start, for guests that use the answer of
   * setup_table without add_to_physmap.
   */
  public boolean build() {
    return growTo(1);
  }

  public synchronized int frames() {
    return entries.frames();
  }

  public int maxFrames() {
    return entries.maxFrames();
  }

  /** As many frames; new ones appear at their reserved gfns. False: too many, or no memory. */
  public synchronized boolean growTo(int wanted) {
    int had = entries.frames();
    boolean grown = entries.growTo(wanted);
    for (int i = had; i < entries.frames(); i++) {
      long gfn = MemoryMap.GRANT_GFN + i;
      entries.frame(i).mapInto(domain.space(), gfn, Access.READ_WRITE);
    }
    return grown;
  }

  /** The frame for XENMAPSPACE_grant_table; the table grows up to it. Null when it cannot. */
  public synchronized Frame frame(long index) {
    if (index < 0 || index >= entries.maxFrames() || !growTo((int) index + 1)) {
      return null;
    }
    return entries.frame((int) index);
  }

  /** Where frame i appears now, or -1. */
  public synchronized long gfnOfFrame(int index) {
    return domain.space().gfnOf(entries.frame(index).mfn());
  }

  // As granter

  /** A pinned frame of a granter, or why there is none. */
  record Pin(int status, long mfn) {}

  /** Uses an entry for another domain; must be undone by {@link #unpin}. */
  synchronized Pin pin(long ref, int user, boolean readonly) {
    if (!entries.valid(ref)) {
      return new Pin(GNTST_bad_gntref, -1);
    }
    int index = (int) ref;
    Active now = active.get(index);
    if (now != null && now.domain != user) {
      return new Pin(GNTST_general_error, -1);
    }
    boolean marked = now != null && (readonly || now.writers > 0);
    int status = marked ? GNTST_okay : entries.mark(index, user, readonly);
    if (status != GNTST_okay) {
      return new Pin(status, -1);
    }
    if (now == null) {
      long gfn = entries.gfn(index);
      if (domain.space().access(gfn) != Access.READ_WRITE || maps(gfn)) {
        entries.unmark(index, GTF_reading | GTF_writing);
        return new Pin(GNTST_bad_page, -1);
      }
      now = new Active();
      now.domain = user;
      now.mfn = domain.space().mfn(gfn);
      domain.machine().memory().retain(now.mfn);
      active.put(index, now);
    }
    if (readonly) {
      now.readers++;
    } else {
      now.writers++;
    }
    return new Pin(GNTST_okay, now.mfn);
  }

  synchronized void unpin(int ref, boolean readonly) {
    Active now = active.get(ref);
    if (now == null) {
      return; // the granter is gone, and its table with it
    }
    if (readonly) {
      now.readers--;
    } else if (--now.writers == 0) {
      entries.unmark(ref, GTF_writing);
    }
    if (now.readers == 0 && now.writers == 0) {
      entries.unmark(ref, GTF_reading);
      active.remove(ref);
      domain.machine().memory().release(now.mfn);
    }
  }

  /** GNTTABOP_swap_grant_ref; a GNTST status. */
  public synchronized int swap(long a, long b) {
    if (!entries.valid(a) || !entries.valid(b)) {
      return GNTST_bad_gntref;
    }
    if (active.containsKey((int) a) || active.containsKey((int) b)) {
      return GNTST_eagain;
    }
    entries.swap((int) a, (int) b);
    return GNTST_okay;
  }

  // As mapper

  /**
   * Maps a page of a granter at one of our gfns. What was there is dropped.
   *
   * @return a handle, or a negative GNTST status
   */
  public int map(GrantTable granter, long ref, long hostAddress, boolean readonly) {
    Gpa at = new Gpa(hostAddress);
    if (at.offset() != 0 || !placeable(at.gfn())) {
      return GNTST_general_error;
    }
    if (maptrack.full()) {
      return GNTST_no_device_space;
    }
    Pin pin = granter.pin(ref, domain.id(), readonly);
    if (pin.status() != GNTST_okay) {
      return pin.status();
    }
    domain.machine().memory().retain(pin.mfn());
    domain.space().map(at.gfn(), pin.mfn(), readonly ? Access.READ_ONLY : Access.READ_WRITE);
    return maptrack.add(new Mapping(granter, (int) ref, at.gfn(), pin.mfn(), readonly));
  }

  private boolean placeable(long gfn) {
    return GuestSpace.inSpace(gfn) && !maps(gfn);
  }

  /** The mapping behind a handle, or null. */
  public Mapping mapping(long handle) {
    return maptrack.get(handle);
  }

  /**
   * Ends a mapping; its gfn becomes a hole.
   *
   * @param hostAddress where it is mapped; 0 leaves it alone, as on Xen
   * @return a GNTST status
   */
  public int unmap(long handle, long hostAddress) {
    Mapping mapping = maptrack.get(handle);
    if (mapping == null) {
      return GNTST_bad_handle;
    }
    if (hostAddress == 0) {
      return GNTST_okay;
    }
    if (hostAddress != mapping.gfn() << Gpa.PAGE_SHIFT) {
      return GNTST_general_error;
    }
    maptrack.remove(handle);
    domain.space().unmap(mapping.gfn());
    mapping.granter().unpin(mapping.ref(), mapping.readonly());
    return GNTST_okay;
  }

  /** True for a gfn at which a foreign page is mapped: only unmap may change it. */
  public boolean maps(long gfn) {
    return maptrack.at(gfn);
  }

  /** How many foreign pages are mapped. */
  public int mappings() {
    return maptrack.size();
  }

  Domain domain() {
    return domain;
  }

  /** Everything goes: our mappings of others, and what others may still start to use of us. */
  @Override
  public void close() {
    for (Mapping mapping : maptrack.all()) {
      domain.space().unmap(mapping.gfn());
      mapping.granter().unpin(mapping.ref(), mapping.readonly());
    }
    maptrack.clear();
    synchronized (this) {
      active.values().forEach(a -> domain.machine().memory().release(a.mfn));
      active.clear();
      entries.close();
    }
  }
}
