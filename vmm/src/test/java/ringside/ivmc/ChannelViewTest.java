package ringside.ivmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ringside.abi.Width;
import ringside.abi.gen.IvmcChannel;
import ringside.abi.gen.IvmcChannelAbi;
import ringside.memory.Gpa;
import ringside.memory.GuestFault;
import ringside.memory.GuestSpace;
import ringside.memory.MachineMemory;

/** Channel pages that a client wrote: a sound one, and others. */
class ChannelViewTest {
  private static final int ORDER = 4;
  private static final Gpa PAGE = Gpa.ofGfn(1);
  private static final long RINGS_GFN = 2;

  private MachineMemory machine;
  private GuestSpace space;

  @BeforeEach
  void memory() {
    machine = new MachineMemory(1 << 20);
    space = new GuestSpace(machine);
    assertTrue(space.populate(1, 1 + ChannelView.RING_NAMES.size()));
  }

  @AfterEach
  void close() {
    space.close();
    machine.close();
  }

  private ChannelView read(Consumer<IvmcChannel> change) throws GuestFault, ChannelView.Unreadable {
    IvmcChannel channel = IvmcChannel.zero(Width.W64);
    channel.magic(IvmcChannelAbi.IVMC_MAGIC);
    channel.version(IvmcChannelAbi.IVMC_VERSION);
    channel.epoch(7);
    channel.order(ORDER);
    channel.ringStride(4096);
    channel.ringsGfn(RINGS_GFN);
    change.accept(channel);
    space.write(PAGE, channel.bytes());
    return ChannelView.read(space, PAGE, Optional.empty());
  }

  private void refused(String why, Consumer<IvmcChannel> change) {
    String message = assertThrows(ChannelView.Unreadable.class, () -> read(change)).getMessage();
    assertTrue(message.contains(why), message);
  }

  @Test
  void aChannelHasItsEpochAndAllItsRings() throws GuestFault, ChannelView.Unreadable {
    ChannelView view = read(channel -> {});
    assertEquals(7, view.epoch());
    assertEquals(ORDER, view.order());
    assertEquals(6, view.rings().size());
    assertEquals(List.of(), view.slots());
  }

  @Test
  void whatIsNoChannelOfOursIsNotShownAsOne() {
    refused("letters IVMC", channel -> channel.magic(0));
    refused("version 1, ", channel -> channel.version(1));
    refused("version 4294967295, ", channel -> channel.version(-1));
    refused("order 3", channel -> channel.order(3));
    refused("order 4294967295", channel -> channel.order(-1));
    refused("8 bytes apart", channel -> channel.ringStride(8));
    refused("outside guest-physical space: gpa 0x", channel -> channel.ringsGfn(1L << 40));
    refused("outside guest-physical space: gpa 0x", channel -> channel.ringsGfn(-1));
  }
}
