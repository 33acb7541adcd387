package ringside.trace;

/**
 * Takes events. Ids rise by one from 1; 0 means "no event" and is what {@link #emit} returns its
 * cause for when the event is not recorded, so that chains of causes step over what was not
 * selected.
 *
 * <p>Callers ask {@link #on} with a constant before they build an event:
 *
 * <pre>long id = tracer.on("evtchn.send") ? tracer.emit(...) : cause;</pre>
 */
public interface Tracer extends AutoCloseable {
  /** True when events of this type are recorded. Cheap enough for every hypercall. */
  boolean on(String type);

  /**
   * Records an event.
   *
   * @param time virtual time in nanoseconds since the machine started
   * @param domain domid, or -1 for the machine itself
   * @param vcpu vCPU id, or -1
   * @param cause id of the event that led to this one, or 0
   * @return the event's id, or {@code cause} when it is not recorded
   */
  long emit(long time, int domain, int vcpu, long cause, TraceEvent event);

  @Override
  void close();

  /** Records nothing. */
  Tracer OFF =
      new Tracer() {
        @Override
        public boolean on(String type) {
          return false;
        }

        @Override
        public long emit(long time, int domain, int vcpu, long cause, TraceEvent event) {
          return cause;
        }

        @Override
        public void close() {}
      };
}
