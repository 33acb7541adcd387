package ringside.trace;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a trace file says about the run it records: named texts. Nothing in it may differ between
 * two runs of the same system with the same seed, so there is no date, host or path.
 */
public record TraceHeader(SortedMap<String, String> properties) {
  public static final String CLOCK = "clock";
  public static final String SEED = "seed";
  public static final String ENGINE = "engine";
  public static final String CONFIG = "config";
  public static final String EVENTS = "events";
  public static final String ABI = "abi";

  /** What {@link #CLOCK} says in files of this version. */
  public static final String VIRTUAL_NANOSECONDS = "virtual ns since the machine started";

  /**
   * @param engine its name, as {@code --engine} takes it
   * @param config a hash over the system description and every image
   * @param abi the ABI table that explains the structures, or empty
   */
  public static TraceHeader of(
      long seed, String engine, String config, EventGlobs events, String abi) {
    SortedMap<String, String> properties = new TreeMap<>();
    properties.put(CLOCK, VIRTUAL_NANOSECONDS);
    properties.put(SEED, Long.toString(seed));
    properties.put(ENGINE, engine);
    properties.put(CONFIG, config);
    properties.put(EVENTS, events.toString());
    properties.put(ABI, abi);
    return new TraceHeader(properties);
  }

  /** A property's text, empty when the file does not have it. */
  public String get(String property) {
    return properties.getOrDefault(property, "");
  }
}
