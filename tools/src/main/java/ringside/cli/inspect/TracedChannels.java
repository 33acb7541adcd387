package ringside.cli.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ringside.cli.UserError;
import ringside.cli.control.ChannelReport;
import ringside.trace.SnapshotEvent;
import ringside.trace.TraceFormatException;
import ringside.trace.TraceReader;
import ringside.trace.TraceRecord;

/** The channels in a trace file, as the last snapshot up to a moment shows them. */
final class TracedChannels {
  private TracedChannels() {}

  /** What is known of one channel while the file is read. */
  private static final class Builder {
    private long time = -1;
    private String service = "";
    private long epoch;
    private List<ChannelReport.Ring> rings = new ArrayList<>();
    private List<ChannelReport.Slot> slots = new ArrayList<>();

    void ring(TraceRecord record) {
      String name = record.text("ring", "");
      if (record.time() != time || rings.stream().anyMatch(ring -> ring.name().equals(name))) {
        time = record.time();
        rings = new ArrayList<>();
        slots = new ArrayList<>();
      }
      service = record.text("service", "");
      epoch = record.number("epoch", 0);
      rings.add(
          new ChannelReport.Ring(
              name,
              (int) record.number("order", 0),
              (int) record.number("receiver", 0),
              record.number("waiters", 0),
              record.number("head", 0),
              record.number("threshold", 0),
              record.number("tail", 0),
              record.text("entries", "")));
    }

    void slot(TraceRecord record) {
      slots.add(
          new ChannelReport.Slot(
              (int) record.number("index", 0),
              record.text("where", ""),
              record.number("sequence", 0),
              record.text("op", ""),
              record.number("block", 0),
              record.number("length", 0)));
    }

    ChannelReport report(int channel) {
      return new ChannelReport(channel, service, time, epoch, rings, slots, null);
    }
  }

  /**
   * @param until virtual time in nanoseconds after which nothing is looked at
   */
  static List<ChannelReport> read(Path file, long until) {
    Map<Integer, Builder> channels = new TreeMap<>();
    try (TraceReader reader = TraceReader.open(file)) {
      for (TraceRecord record = reader.next(); record != null; record = reader.next()) {
        if (record.time() > until) {
          break;
        }
        int channel = (int) record.number("channel", -1);
        if (record.type().equals(SnapshotEvent.RING)) {
          channels.computeIfAbsent(channel, c -> new Builder()).ring(record);
        } else if (record.type().equals(SnapshotEvent.SLOT) && channels.containsKey(channel)) {
          channels.get(channel).slot(record);
        }
      }
    } catch (IOException | TraceFormatException e) {
      throw new UserError(file + ": " + e.getMessage(), "record one with --trace 'snapshot.*'");
    }
    if (channels.isEmpty()) {
      throw new UserError(
          file + " has no snapshot of a channel", "record some with --trace 'snapshot.*'");
    }
    List<ChannelReport> reports = new ArrayList<>();
    channels.forEach((channel, builder) -> reports.add(builder.report(channel)));
    return reports;
  }
}
