package ringside.grant;

import static ringside.abi.gen.GrantTableAbi.*;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.domain.Domain;
import ringside.domain.MemoryMap;
import ringside.memory.Access;
import ringside.memory.Frame;
import ringside.memory.Gpa;
import ringside.memory.GuestSpace;
import ringside.trace.GrantEvent;

/**
 * A domain's grant table: what it grants to others, and what it has mapped of theirs. Version 1.
 *
 * <p>Invariant: the reading bit of an entry is set exactly while the entry is pinned, the writing
 * bit exactly while it is pinned for writing. A pin holds a reference to the frame, and a mapping
 * one more in the mapper's p2m, so a granter's death takes nothing away from under a mapper.
 *
 * <p>Locking: the table's monitor guards what it grants, that of its maptrack what the domain has
 * mapped. Within one domain the table comes before the maptrack. An operation between two domains
 * takes the granter's and the mapper's one after the other, never both, so that no order between
 * domains is needed.
 */
public final class GrantTable implements AutoCloseable {
  /**
   * Mappings that one domain may hold: enough for sixteen channels of 64 MiB, or one of 512 MiB.
   * With many apart from each other, seams end earlier.
   */
  static final int MAX_MAPPINGS = 524_288;

  /** A gfn at which nothing can be. */
  public static final long NO_GFN = -1;

  /** The most that putting a page at a gfn, and taking it away, can cut. */
  private static final int SEAMS = 2;

  /** An entry in use. */
  private static final class Active {
    int domain;
    long gfn;
    long mfn;
    int readers;
    int writers;
  }

  private final Domain domain;
  private final GrantEntries entries;

  /** By reference; null for one that is not in use. As long as the highest one in use needs. */
  private Active[] active = {};

  private int activeCount;
  private final Maptrack maptrack = new Maptrack(MAX_MAPPINGS);
  private final PageRun run;
  private boolean closed;

  public GrantTable(Domain domain, int maxFrames) {
    this.domain = domain;
    this.entries = new GrantEntries(domain.machine().memory(), maxFrames);
    this.run = new PageRun(domain.space());
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

  /**
   * As many frames; new ones appear at their reserved gfns, unless the guest has put something
   * there. False: too many, or no memory.
   */
  public synchronized boolean growTo(int wanted) {
    int had = entries.frames();
    boolean grown = entries.growTo(wanted);
    for (int i = had; i < entries.frames(); i++) {
      long gfn = MemoryMap.GRANT_GFN + i;
      if (domain.space().mfn(gfn) < 0 && domain.space().mayBreak(SEAMS)) {
        entries.frame(i).mapInto(domain.space(), gfn, Access.READ_WRITE);
      }
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

  /** Uses an entry for a mapping of another domain; must be undone by {@link #unpin}. */
  Pin pinForMap(long ref, int user, boolean readonly) {
    return pin(ref, user, readonly, 0);
  }

  /** Uses an entry for a copy; of version 1, GTF_sub_page means nothing then. */
  Pin pinForCopy(long ref, int user, boolean readonly) {
    return pin(ref, user, readonly, GTF_sub_page);
  }

  private synchronized Pin pin(long ref, int user, boolean readonly, int ignoring) {
    if (!entries.valid(ref)) {
      return new Pin(GNTST_bad_gntref, -1);
    }
    int index = (int) ref;
    Active now = active(index);
    if (now != null && now.domain != user) {
      return new Pin(GNTST_general_error, -1);
    }
    if (now == null || !readonly && now.writers == 0) {
      int status = entries.mark(index, user, readonly, now != null, ignoring);
      if (status != GNTST_okay) {
        return new Pin(status, -1);
      }
    }
    if (now == null) {
      long gfn = entries.gfn(index);
      if (!own(gfn)) {
        entries.unmark(index, GTF_reading | GTF_writing);
        return new Pin(GNTST_bad_page, -1);
      }
      now = activate(index, user, gfn);
    }
    if (readonly) {
      now.readers++;
    } else {
      now.writers++;
    }
    return new Pin(GNTST_okay, now.mfn);
  }

  private Active activate(int ref, int user, long gfn) {
    Active now = new Active();
    now.domain = user;
    now.gfn = gfn;
    now.mfn = domain.space().mfn(gfn);
    domain.machine().memory().retain(now.mfn);
    if (ref >= active.length) {
      active = Arrays.copyOf(active, Math.max(ref + 1, active.length * 2));
    }
    active[ref] = now;
    activeCount++;
    return now;
  }

  private Active active(int ref) {
    return ref < active.length ? active[ref] : null;
  }

  /** True for a page of the domain's own: only those can be granted, or copied by their gfn. */
  boolean own(long gfn) {
    return domain.space().access(gfn) == Access.READ_WRITE && !maps(gfn);
  }

  /** Nothing to do when the granter is gone, and its table with it. */
  synchronized void unpin(int ref, boolean readonly) {
    if (closed) {
      return;
    }
    Active now = active(ref);
    if (now == null || (readonly ? now.readers : now.writers) == 0) {
      throw new IllegalStateException("reference " + ref + " of " + domain + " is not in use");
    }
    if (readonly) {
      now.readers--;
    } else if (--now.writers == 0) {
      entries.unmark(ref, GTF_writing);
    }
    if (now.readers == 0 && now.writers == 0) {
      entries.unmark(ref, GTF_reading);
      active[ref] = null;
      activeCount--;
      domain.machine().memory().release(now.mfn);
    }
  }

  /** The page that an entry names, whoever may use it; {@link #NO_GFN} when there is no grant. */
  public synchronized long grantedGfn(long ref) {
    return entries.valid(ref) && entries.granted((int) ref) ? entries.gfn((int) ref) : NO_GFN;
  }

  /**
   * Grants in use whose page is no longer at the gfn where it was granted: memory that the domain
   * still has, though its p2m does not show it. A page that has only moved is counted too.
   */
  public synchronized int strandedPages() {
    int count = 0;
    for (int ref = 0; activeCount > 0 && ref < active.length; ref++) {
      Active now = active[ref];
      count += now == null || domain.space().mfn(now.gfn) == now.mfn ? 0 : 1;
    }
    return count;
  }

  /** Domid of who uses grants of ours -> how many entries. */
  public synchronized ImmutableSortedMap<Integer, Integer> grantedByUser() {
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    for (Active now : active) {
      if (now != null) {
        counts.merge(now.domain, 1, Integer::sum);
      }
    }
    return ImmutableSortedMap.copyOfSorted(counts);
  }

  /** Domid of whose pages we have mapped -> how many. */
  public ImmutableSortedMap<Integer, Integer> mappedByGranter() {
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    synchronized (maptrack) {
      for (int handle = maptrack.next(0); handle >= 0; handle = maptrack.next(handle + 1)) {
        counts.merge(maptrack.get(handle).domain(), 1, Integer::sum);
      }
    }
    return ImmutableSortedMap.copyOfSorted(counts);
  }

  /** GNTTABOP_swap_grant_ref; a GNTST status. */
  public synchronized int swap(long a, long b) {
    if (!entries.valid(a) || !entries.valid(b)) {
      return GNTST_bad_gntref;
    }
    if (a == b) {
      return GNTST_okay;
    }
    if (active((int) a) != null || active((int) b) != null) {
      return GNTST_eagain;
    }
    entries.swap((int) a, (int) b);
    return GNTST_okay;
  }

  // As mapper

  /**
   * Maps a page of a granter at one of our gfns. What was there is dropped. Visible in the space
   * after {@link #settle}.
   *
   * @return a handle, or a negative GNTST status
   */
  public int map(GrantTable granter, long ref, long gfn, boolean readonly) {
    synchronized (maptrack) {
      if (maptrack.full()) {
        return GNTST_no_device_space;
      }
    }
    Pin pin = granter.pinForMap(ref, domain.id(), readonly);
    if (pin.status() != GNTST_okay) {
      return pin.status();
    }
    int result = place(new Mapping(granter, (int) ref, gfn, pin.mfn(), readonly));
    if (result < 0) {
      granter.unpin((int) ref, readonly);
    }
    return result;
  }

  private int place(Mapping mapping) {
    GuestSpace space = domain.space();
    synchronized (maptrack) {
      if (!GuestSpace.inSpace(mapping.gfn()) || maps(mapping.gfn())) {
        return GNTST_general_error;
      }
      if (maptrack.full() || !space.mayBreak(2 * SEAMS)) {
        return GNTST_no_space;
      }
      domain.machine().memory().retain(mapping.mfn());
      run.begin(mapping);
      return maptrack.add(mapping);
    }
  }

  /** The mapping behind a handle, or null. */
  public Mapping mapping(long handle) {
    synchronized (maptrack) {
      return maptrack.get(handle);
    }
  }

  /**
   * Ends a mapping; its gfn becomes a hole with {@link #settle}. One in the middle of others cannot
   * end (GNTST_no_space) when the host has no seams left; from the ends of a run it can.
   *
   * @param hostAddress where it is mapped; 0 leaves it alone, as on Xen
   * @param busAddress as map gave it, or 0
   * @return a GNTST status
   */
  public int unmap(long handle, long hostAddress, long busAddress) {
    synchronized (maptrack) {
      Mapping mapping = maptrack.get(handle);
      if (mapping == null) {
        return GNTST_bad_handle;
      }
      if (busAddress != 0 && busAddress >>> Gpa.PAGE_SHIFT != mapping.gfn()) {
        return GNTST_general_error;
      }
      if (hostAddress == 0) {
        return GNTST_okay;
      }
      if (hostAddress >>> Gpa.PAGE_SHIFT != mapping.gfn()) {
        return GNTST_general_error;
      }
      if (!mayEnd(mapping)) {
        return GNTST_no_space;
      }
      maptrack.remove(handle);
      run.end(mapping);
      return GNTST_okay;
    }
  }

  private boolean mayEnd(Mapping mapping) {
    if (domain.space().mayUnmap(mapping.gfn(), SEAMS)) {
      return true;
    }
    run.apply(); // it may be the next of a run that is to go
    return domain.space().mayUnmap(mapping.gfn(), 0);
  }

  /** The space shows all mappings as they are now. After one or several of map and unmap. */
  public void settle() {
    List<Mapping> ended;
    synchronized (maptrack) {
      ended = run.takeEnded();
    }
    ended.forEach(mapping -> mapping.granter().unpin(mapping.ref(), mapping.readonly()));
  }

  /** True for a gfn at which a foreign page is mapped: only unmap may change it. */
  public boolean maps(long gfn) {
    synchronized (maptrack) {
      return maptrack.at(gfn);
    }
  }

  /** How many foreign pages are mapped. */
  public int mappings() {
    synchronized (maptrack) {
      return maptrack.size();
    }
  }

  Domain domain() {
    return domain;
  }

  /** Everything goes: our mappings of others, and what others may still start to use of us. */
  @Override
  public void close() {
    synchronized (maptrack) {
      for (int handle = maptrack.next(0); handle >= 0; handle = maptrack.next(handle + 1)) {
        Mapping mapping = maptrack.get(handle);
        maptrack.remove(handle);
        run.end(mapping);
        released(handle, mapping);
      }
    }
    settle();
    synchronized (this) {
      closed = true;
      for (int ref = 0; activeCount > 0 && ref < active.length; ref++) {
        if (active[ref] != null) {
          domain.machine().memory().release(active[ref].mfn);
          activeCount--;
        }
      }
      active = new Active[0];
      entries.close();
    }
  }

  private void released(int handle, Mapping mapping) {
    if (domain.machine().tracer().on(GrantEvent.UNMAP)) {
      domain.emit(
          domain.endCause(),
          new GrantEvent.Unmap(mapping.domain(), mapping.ref(), mapping.gfn(), handle, GNTST_okay));
    }
  }
}
