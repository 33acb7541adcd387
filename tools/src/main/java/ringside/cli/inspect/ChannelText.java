package ringside.cli.inspect;

import java.util.List;
import java.util.stream.Collectors;
import ringside.abi.gen.IvmcChannelAbi;
import ringside.cli.Duration;
import ringside.cli.Table;
import ringside.cli.control.ChannelReport;
import ringside.ivmc.RingView;

/** Channels for people: rings in a table, then every slot that is not free. */
final class ChannelText {
  /** Entries of a ring in a line. */
  private static final int ENTRIES_IN_LINE = 8;

  private ChannelText() {}

  /**
   * @param ring name of the ring whose entries are shown one by one, or null
   */
  static String of(ChannelReport channel, String ring) {
    StringBuilder text = new StringBuilder();
    text.append(
        "channel %s: domain %d, slot %d, epoch %d, at %s%n"
            .formatted(
                channel.service(),
                channel.client(),
                channel.slot(),
                channel.epoch(),
                Duration.text(channel.virtualNs())));
    if (channel.why() != null) {
      return text.append("  cannot be shown: ").append(channel.why()).toString();
    }
    text.append(rings(channel.rings())).append(System.lineSeparator());
    text.append(System.lineSeparator()).append(slots(channel));
    channel.rings().stream()
        .filter(r -> r.name().equals(ring))
        .forEach(r -> text.append(System.lineSeparator()).append(entries(r)));
    return text.toString();
  }

  private static Table rings(List<ChannelReport.Ring> rings) {
    Table table =
        new Table(
            "ring", "holds>", "of>", "head>", "tail>", "cycle>", "threshold>", "receiver", "sound");
    for (ChannelReport.Ring ring : rings) {
      RingView view = ring.view();
      table.row(
          ring.name(),
          view.indices().size(),
          1 << ring.order(),
          ring.head(),
          ring.tail(),
          view.cycle(ring.tail()),
          ring.threshold(),
          receiver(ring),
          view.sound() ? "yes" : "NO");
    }
    return table;
  }

  private static String receiver(ChannelReport.Ring ring) {
    if (ring.name().endsWith("_free")) {
      return ring.waiters() + " waiting";
    }
    return switch (ring.receiver()) {
      case IvmcChannelAbi.IVMC_ACTIVE -> "active";
      case IvmcChannelAbi.IVMC_ASLEEP -> "asleep";
      case IvmcChannelAbi.IVMC_DROWSY -> "drowsy";
      default -> "? " + ring.receiver();
    };
  }

  private static String slots(ChannelReport channel) {
    if (channel.slots().isEmpty()) {
      return "No slot carries a request." + System.lineSeparator();
    }
    Table table = new Table("slot>", "where", "sequence>", "request", "block>", "bytes>");
    for (ChannelReport.Slot slot : channel.slots()) {
      table.row(
          slot.index(), slot.where(), slot.sequence(), slot.op(), slot.block(), slot.length());
    }
    return table + System.lineSeparator();
  }

  /** All entries: cycle, s for safe or u for unsafe, index or - for none. */
  private static String entries(ChannelReport.Ring ring) {
    List<RingView.Entry> entries = ring.view().entries();
    StringBuilder text = new StringBuilder(ring.name() + ", by ticket modulo " + entries.size());
    text.append(": cycle, s(afe) or u(nsafe), index or -").append(System.lineSeparator());
    for (int i = 0; i < entries.size(); i += ENTRIES_IN_LINE) {
      text.append("%6d  ".formatted(i));
      text.append(
          entries.subList(i, Math.min(entries.size(), i + ENTRIES_IN_LINE)).stream()
              .map(entry -> "%9s".formatted(entry))
              .collect(Collectors.joining(" ")));
      text.append(System.lineSeparator());
    }
    return text.toString();
  }
}
