package ringside.cli.control;

import java.util.ArrayList;
import java.util.List;
import ringside.ivmc.ChannelView;
import ringside.ivmc.Channels;
import ringside.ivmc.RingView;

/**
 * A channel as it is shown, whether it comes from a running system or from a trace.
 *
 * @param channel the client's domid << 8 | its slot, as events name it
 * @param virtualNs when it looked so
 * @param why it cannot be shown, or null
 */
public record ChannelReport(
    int channel,
    String service,
    long virtualNs,
    long epoch,
    List<Ring> rings,
    List<Slot> slots,
    String why) {
  /**
   * A ring.
   *
   * @param entries as {@link RingView#compact} writes them
   */
  public record Ring(
      String name,
      int order,
      int receiver,
      long waiters,
      long head,
      long threshold,
      long tail,
      String entries) {
    /** With its entries taken apart. */
    public RingView view() {
      return new RingView(order, receiver, waiters, head, threshold, tail, RingView.parse(entries));
    }
  }

  /**
   * A small slot that carries a request.
   *
   * @param where the ring that holds it, or server, or client
   */
  public record Slot(int index, String where, long sequence, String op, long block, long length) {}

  static ChannelReport of(Channels.Found found, long now) {
    if (found.view().isEmpty()) {
      return new ChannelReport(
          found.name(), found.service(), now, 0, List.of(), List.of(), found.why());
    }
    ChannelView view = found.view().get();
    List<Ring> rings = new ArrayList<>();
    for (int i = 0; i < view.rings().size(); i++) {
      RingView r = view.rings().get(i);
      rings.add(
          new Ring(
              ChannelView.RING_NAMES.get(i),
              r.order(),
              r.receiver(),
              r.waiters(),
              r.head(),
              r.threshold(),
              r.tail(),
              r.compact()));
    }
    List<Slot> slots =
        view.slots().stream()
            .map(s -> new Slot(s.index(), s.where(), s.sequence(), s.op(), s.block(), s.length()))
            .toList();
    return new ChannelReport(found.name(), found.service(), now, view.epoch(), rings, slots, null);
  }

  /** The client's domid. */
  public int client() {
    return channel >>> 8;
  }

  /** The client's slot in the registry. */
  public int slot() {
    return channel & 0xff;
  }
}
