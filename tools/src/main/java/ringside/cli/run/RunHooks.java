package ringside.cli.run;

import com.google.common.collect.ImmutableListMultimap;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ThreadFactory;
import ringside.cli.system.SystemDescription;
import ringside.device.disk.Disk;
import ringside.domain.Domain;
import ringside.domain.Machine;
import ringside.fault.Fault;

/**
 * What somebody does around a run. All but {@link #faults} is called on the machine's thread, or
 * with several pCPUs one after the other.
 */
public interface RunHooks {
  /** The faults of the run, by domain; those of the description when nobody wants others. */
  default ImmutableListMultimap<String, Fault> faults(SystemDescription system) {
    ImmutableListMultimap.Builder<String, Fault> faults = ImmutableListMultimap.builder();
    system.domains().forEach(domain -> faults.putAll(domain.name(), domain.faults()));
    return faults.build();
  }

  /** What is typed on the console that is a terminal; at its end at once when nobody types. */
  default InputStream terminalInput() {
    return InputStream.nullInputStream();
  }

  /** Whether a person types that, rather than a file or a program. */
  default boolean personTypes() {
    return false;
  }

  /** Threads of the host that run vCPUs at once; at most what the engine can. */
  default int pcpus() {
    return 1;
  }

  /** Makes these threads, where there are several. */
  default ThreadFactory threads() {
    return Thread.ofPlatform().daemon().factory();
  }

  /** There are no domains yet. */
  default void built(Machine machine) {}

  /** All domains are built, and it is about to run. */
  default void starts(Machine machine) {}

  /** A domain has stopped; all its parts are still there. */
  default void stopped(Domain domain) {}

  /** The run is over; what is left of the machine can be looked at. */
  default void ended(Machine machine) {}

  /**
   * A disk is about to be plugged in, before anything is built.
   *
   * @param device number of its device in the description, from 1
   * @param nsid its namespace there
   * @return what is plugged in instead; closing it closes the disk
   */
  default Disk plug(int device, int nsid, Disk disk) {
    return disk;
  }

  /**
   * What a disk holds after the run, its cache included; once for each disk.
   *
   * @param device number of its device in the description, from 1
   * @param nsid its namespace there
   */
  default void disk(int device, int nsid, Disk disk) throws IOException {}
}
