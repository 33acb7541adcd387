package ringside.ivmc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.abi.Width;
import ringside.abi.gen.IvmcChannel;
import ringside.domain.Domain;
import ringside.domain.Machine;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.trace.SnapshotEvent;

/**
 * The channels of a machine, for whoever looks at it. The client has all of a channel in its
 * memory, so that is where they are looked at, dead server or not.
 */
public final class Channels {
  private Channels() {}

  /**
   * One of them.
   *
   * @param view empty when it cannot be read; then {@code why} says so
   */
  public record Found(
      String service, Domain client, int slot, Optional<ChannelView> view, String why) {
    /** What events call it. */
    public int name() {
      return client.id() << 8 | slot;
    }
  }

  /** All that are registered now. */
  public static List<Found> of(Machine machine) {
    List<Found> found = new ArrayList<>();
    for (Registry.Entry entry : machine.registry().clients()) {
      Domain client = machine.domain(entry.record().domid());
      if (client != null && entry.record().channelRef() != 0) {
        found.add(look(entry, client));
      }
    }
    return found;
  }

  private static Found look(Registry.Entry entry, Domain client) {
    int slot = entry.record().slot();
    try {
      ChannelView view = view(client, Integer.toUnsignedLong(entry.record().channelRef()));
      return new Found(entry.service(), client, slot, Optional.of(view), "");
    } catch (GuestFault | ChannelView.Unreadable e) {
      return new Found(entry.service(), client, slot, Optional.empty(), e.getMessage());
    }
  }

  private static ChannelView view(Domain client, long pageRef)
      throws GuestFault, ChannelView.Unreadable {
    Gpa page = granted(client, pageRef);
    byte[] bytes = client.space().read(page, IvmcChannel.size(Width.W64));
    long slots = IvmcChannel.of(bytes, Width.W64).slots().firstRef();
    return ChannelView.read(client.space(), page, Optional.of(granted(client, slots)));
  }

  private static Gpa granted(Domain client, long ref) throws ChannelView.Unreadable {
    long gfn = client.grants().grantedGfn(ref);
    if (gfn < 0) {
      throw new ChannelView.Unreadable("its reference " + ref + " grants nothing");
    }
    return Gpa.ofGfn(gfn);
  }

  /** Puts what all channels look like now into the trace. */
  public static void snapshot(Machine machine, long cause) {
    if (!machine.tracer().on(SnapshotEvent.RING) && !machine.tracer().on(SnapshotEvent.SLOT)) {
      return;
    }
    for (Found channel : of(machine)) {
      channel.view().ifPresent(view -> emit(channel, view, cause));
    }
  }

  private static void emit(Found channel, ChannelView view, long cause) {
    for (int i = 0; i < view.rings().size(); i++) {
      RingView ring = view.rings().get(i);
      channel
          .client()
          .emit(
              cause,
              new SnapshotEvent.Ring(
                  channel.name(),
                  channel.service(),
                  view.epoch(),
                  ChannelView.RING_NAMES.get(i),
                  ring.order(),
                  ring.receiver(),
                  ring.waiters(),
                  ring.head(),
                  ring.threshold(),
                  ring.tail(),
                  ring.compact()));
    }
    for (ChannelView.SlotView slot : view.slots()) {
      channel
          .client()
          .emit(
              cause,
              new SnapshotEvent.Slot(
                  channel.name(),
                  slot.index(),
                  slot.where(),
                  slot.sequence(),
                  slot.op(),
                  slot.block(),
                  slot.length()));
    }
  }
}
