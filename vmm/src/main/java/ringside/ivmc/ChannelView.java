package ringside.ivmc;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ringside.abi.Width;
import ringside.abi.gen.IvmcChannel;
import ringside.abi.gen.IvmcChannelAbi;
import ringside.abi.gen.IvmcSlot;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;

/**
 * A channel as it stands in its client's memory: all six rings, and where each small slot is.
 *
 * <p>Looking changes nothing. What guests wrote may be anything; a channel whose page or rings
 * cannot be read has no view, and says why.
 *
 * @param order log2 of the entries of a ring
 * @param path IVMC_COPY or IVMC_DIRECT
 * @param rings in the order of IVMC_RING
 * @param slots those that carry a request, by index; the rest is free
 */
public record ChannelView(
    long epoch,
    int order,
    int path,
    int serverState,
    ImmutableList<RingView> rings,
    ImmutableList<SlotView> slots) {
  /** Names of the rings, in the order of IVMC_RING. */
  public static final ImmutableList<String> RING_NAMES =
      ImmutableList.of(
          "write_request",
          "read_request",
          "write_response",
          "read_response",
          "small_free",
          "large_free");

  private static final int SMALL_FREE = IvmcChannelAbi.IVMC_SMALL_FREE;
  private static final ImmutableList<String> OPS =
      ImmutableList.of("read", "write", "flush", "discard", "write_zeroes");

  /**
   * A small slot that is not free.
   *
   * @param where the ring that holds it, or "server": taken by the server and not answered, or
   *     "client": in the client's hands
   * @param block first block of the request
   * @param length bytes
   */
  public record SlotView(
      int index, String where, long sequence, String op, long block, long length) {}

  /** Why there is nothing to see. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String why) {
      super(why);
    }
  }

  /**
   * Reads the channel whose channel page is at an address of the client's.
   *
   * @param slotsAt where page i of the small pool is in the client's memory, if it can be told
   */
  public static ChannelView read(GuestSpace client, Gpa page, Optional<Gpa> slotsAt)
      throws Unreadable {
    try {
      byte[] bytes = client.read(page, IvmcChannel.size(Width.W64));
      IvmcChannel channel = IvmcChannel.of(bytes, Width.W64);
      int order = order(channel);
      List<RingView> rings = new ArrayList<>();
      for (int i = 0; i < RING_NAMES.size(); i++) {
        Gpa at = Gpa.ofGfn(channel.ringsGfn()).plus(i * channel.ringStride());
        rings.add(RingView.read(client, at, order));
      }
      return new ChannelView(
          channel.epoch(),
          order,
          (int) channel.path(),
          (int) channel.serverState(),
          ImmutableList.copyOf(rings),
          slotsAt.isPresent() ? slots(client, slotsAt.get(), rings, order) : ImmutableList.of());
    } catch (GuestFault e) {
      throw new Unreadable(e.getMessage());
    }
  }

  private static int order(IvmcChannel channel) throws Unreadable {
    if (channel.magic() != IvmcChannelAbi.IVMC_MAGIC) {
      throw new Unreadable("its channel page does not begin with the letters IVMC");
    }
    if (channel.version() != IvmcChannelAbi.IVMC_VERSION) {
      throw new Unreadable(
          "its layout has version %d, and this hypervisor reads %d: the images are of another"
                  .formatted(channel.version(), IvmcChannelAbi.IVMC_VERSION)
              + " build");
    }
    long order = channel.order();
    if (order < IvmcChannelAbi.IVMC_MIN_ORDER || order > IvmcChannelAbi.IVMC_MAX_ORDER) {
      throw new Unreadable("its rings have order " + order);
    }
    if (channel.ringStride() < RingView.bytes((int) order)) {
      throw new Unreadable("its rings lie " + channel.ringStride() + " bytes apart");
    }
    return (int) order;
  }

  private static ImmutableList<SlotView> slots(
      GuestSpace client, Gpa pool, List<RingView> rings, int order) throws GuestFault {
    String[] where = new String[1 << order];
    for (int ring = 0; ring <= SMALL_FREE; ring++) {
      for (int index : rings.get(ring).indices()) {
        if (index < where.length) {
          where[index] = ring == SMALL_FREE ? "" : RING_NAMES.get(ring);
        }
      }
    }
    ImmutableList.Builder<SlotView> slots = ImmutableList.builder();
    int size = IvmcSlot.size(Width.W64);
    for (int i = 0; i < where.length; i++) {
      if (!"".equals(where[i])) {
        IvmcSlot slot = IvmcSlot.of(client.read(pool.plus((long) i * size), size), Width.W64);
        slots.add(slot(i, where[i], slot));
      }
    }
    return slots.build();
  }

  private static SlotView slot(int index, String ring, IvmcSlot slot) {
    boolean answered = slot.response().sequence() == slot.request().sequence();
    int op = slot.request().op();
    return new SlotView(
        index,
        ring != null ? ring : answered ? "client" : "server",
        slot.request().sequence(),
        op < OPS.size() ? OPS.get(op) : "op " + op,
        slot.request().block(),
        slot.request().length());
  }
}
