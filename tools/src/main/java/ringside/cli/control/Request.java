package ringside.cli.control;

/**
 * What one process asks another one's machine: one line of JSON, answered by one line.
 *
 * @param verb which {@link Verb}
 * @param domain name of the domain that it is about, or null for all
 * @param how more that the verb wants to know, or null
 */
record Request(Verb verb, String domain, String how) {
  /** What can be asked. */
  enum Verb {
    /** The domains and their states. */
    DOMAINS,
    /** Crash a domain on the spot. */
    KILL
  }
}
