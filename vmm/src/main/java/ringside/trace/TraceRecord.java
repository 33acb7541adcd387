package ringside.trace;

import java.util.List;

/**
 * An event as it stands in a file.
 *
 * @param offset of its item, in bytes from the start of the file
 * @param id its place among the events, from 1
 * @param cause id of an earlier event, or 0
 * @param time virtual ns since the machine started
 * @param domain domid, or -1 for the machine itself
 * @param vcpu vCPU id, or -1
 * @param values one for each field of the schema
 */
public record TraceRecord(
    long offset,
    long id,
    long cause,
    long time,
    int domain,
    int vcpu,
    EventSchema schema,
    List<Value> values) {
  public String type() {
    return schema.name();
  }

  /** The value of a numeric field, or {@code otherwise} when the event has no such field. */
  public long number(String field, long otherwise) {
    int i = schema.indexOf(field);
    return i >= 0 && values.get(i) instanceof Value.Number(long value) ? value : otherwise;
  }

  /** The value of a text field, or {@code otherwise} when the event has no such field. */
  public String text(String field, String otherwise) {
    int i = schema.indexOf(field);
    return i >= 0 && values.get(i) instanceof Value.Text(String value) ? value : otherwise;
  }
}
