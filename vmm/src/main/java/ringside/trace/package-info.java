/** Typed events with their causes, the recorder, the self-describing file. */
package ringside.trace;
