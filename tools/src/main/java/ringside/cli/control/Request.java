package ringside.cli.control;

/**
 * What one process asks another one's machine: one line of JSON, answered by one line.
 *
 * @param verb which {@link Verb}
 * @param domain name of the domain that it is about, or null for all
 */
record Request(Verb verb, String domain) {
  /** What can be asked. */
  enum Verb {
    /** The domains and their states. */
    DOMAINS,
    /** Crash a domain on the spot. */
    KILL,
    /** What all IVMC channels look like. */
    CHANNELS
  }
}
