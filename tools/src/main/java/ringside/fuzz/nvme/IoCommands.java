package ringside.fuzz.nvme;

import com.google.common.collect.ImmutableList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** I/O commands, good ones and bad ones, each with the statuses that it may end with. */
final class IoCommands {
  private static final int ALL = 0xffff_ffff;
  private static final int FUA = 1 << 30;
  private static final int DEALLOCATE = 4;
  private static final int MAX_BLOCKS = 1 << 16;

  private final Host host;
  private final SplittableRandom random;
  private final Buffers.Buffer buffer;

  private IoCommands(Host host, SplittableRandom random, Buffers.Buffer buffer) {
    this.host = host;
    this.random = random;
    this.buffer = buffer;
  }

  static Command any(Host host, SplittableRandom random, Buffers.Buffer buffer) {
    Command command = new IoCommands(host, random, buffer).any();
    command.buffer = buffer;
    return command;
  }

  /** Reads blocks, for whoever wants to see all of them. */
  static Command read(
      Host host, SplittableRandom random, Buffers.Buffer buffer, int nsid, int lba, int count) {
    IoCommands commands = new IoCommands(host, random, buffer);
    Command command = commands.read(host.disks.get(nsid), lba, count, Buffers.Mistake.NONE);
    command.buffer = buffer;
    return command;
  }

  private Command any() {
    Disks.Namespace ns = host.disks.get(1 + random.nextInt(host.disks.count()));
    int lba = random.nextInt(ns.blocks().count());
    int room = Math.min(ns.blocks().count() - lba, Buffers.MAX / ns.blockBytes());
    int count = 1 + random.nextInt(random.nextInt(4) == 0 ? room : Math.min(room, 4));
    int choice = random.nextInt(100);
    if (choice < 30) {
      return spoiled(write(ns, lba, count, mistake()));
    } else if (choice < 62) {
      return spoiled(read(ns, lba, count, mistake()));
    } else if (choice < 72) {
      return spoiled(flush());
    } else if (choice < 80) {
      return spoiled(zeroes(ns, lba, count));
    } else if (choice < 86) {
      return spoiled(deallocate(ns));
    } else if (choice < 92) {
      return spoiled(compare(ns, lba, count, mistake()));
    } else if (choice < 94) {
      return spoiled(verify(ns, lba, count));
    } else if (choice < 97) {
      return outside(ns);
    }
    return unknown();
  }

  private Buffers.Mistake mistake() {
    if (random.nextInt(8) > 0) {
      return Buffers.Mistake.NONE;
    }
    Buffers.Mistake[] all = Buffers.Mistake.values();
    return all[random.nextInt(all.length)];
  }

  /** Now and then, with a namespace that is not there, or a field that is not supported. */
  private Command spoiled(Command command) {
    switch (random.nextInt(60)) {
      case 0 -> {
        command.statuses.remove(Spec.SUCCESS);
        command.namespace(host.disks.count() + 1 + random.nextInt(100)).may(Spec.INVALID_NAMESPACE);
      }
      case 1 -> {
        command.statuses.remove(Spec.SUCCESS);
        command.namespace(0).may(Spec.INVALID_NAMESPACE, Spec.INVALID_FIELD);
      }
      case 2 -> {
        command.statuses.remove(Spec.SUCCESS);
        command.words[0] |= (1 + random.nextInt(2)) << 8; // fused
        command.may(Spec.INVALID_FIELD);
      }
      case 3 -> {
        if (command.buffered()) {
          command.statuses.remove(Spec.SUCCESS);
          command.words[0] |= (1 + random.nextInt(3)) << 14; // SGL
          command.may(Spec.INVALID_FIELD);
        }
      }
      default -> {}
    }
    return command;
  }

  private Command blocks(String what, int opcode, Disks.Namespace ns, long lba, int count) {
    String where = "%s ns %d blocks %d+%d".formatted(what, ns.nsid(), lba, count);
    return new Command(where, opcode).namespace(ns.nsid()).wide(10, lba).word(12, count - 1);
  }

  private void data(Command command, int bytes, boolean toMemory, Buffers.Mistake mistake) {
    switch (buffer.describe(command, bytes, toMemory, mistake, random)) {
      case NONE -> command.may(Spec.SUCCESS);
      case ODD_OFFSET -> command.may(Spec.SUCCESS, Spec.INVALID_PRP_OFFSET);
      case PAGE_OFFSET -> command.may(Spec.INVALID_PRP_OFFSET);
      case NO_MEMORY -> command.may(Spec.DATA_TRANSFER_ERROR);
    }
  }

  private Command write(Disks.Namespace ns, int lba, int count, Buffers.Mistake mistake) {
    boolean fua = random.nextInt(4) == 0;
    Command command = blocks(fua ? "write FUA" : "write", Spec.WRITE, ns, lba, count);
    command.words[12] |= fua ? FUA : 0;
    data(command, count * ns.blockBytes(), false, mistake);
    long[] tags = new long[count];
    long write = host.disks.nextWrite();
    for (int i = 0; i < count; i++) {
      tags[i] = Content.tag(write, lba + i);
    }
    buffer.put(content(ns, tags));
    command.effect =
        new IoEffects.Write(
            host.disks,
            fua,
            false,
            () -> ImmutableList.of(ns.blocks().change(lba, tags, host.tick())));
    return command;
  }

  private static byte[] content(Disks.Namespace ns, long[] tags) {
    byte[] content = new byte[tags.length * ns.blockBytes()];
    for (int i = 0; i < tags.length; i++) {
      Content.fill(content, i * ns.blockBytes(), ns.blockBytes(), tags[i]);
    }
    return content;
  }

  private Command read(Disks.Namespace ns, int lba, int count, Buffers.Mistake mistake) {
    Command command = blocks("read", Spec.READ, ns, lba, count);
    boolean forced = forced(command);
    data(command, count * ns.blockBytes(), true, mistake);
    buffer.poison();
    command.effect = new IoEffects.Read(ns, lba, count, buffer, forced);
    return command;
  }

  private boolean forced(Command command) {
    boolean forced = random.nextInt(8) == 0;
    command.words[12] |= forced ? FUA : 0;
    return forced;
  }

  private Command verify(Disks.Namespace ns, int lba, int count) {
    Command command = blocks("verify", Spec.VERIFY, ns, lba, count).may(Spec.SUCCESS);
    command.effect = new IoEffects.Verify(ns.blocks(), lba, count, forced(command));
    return command;
  }

  private Command compare(Disks.Namespace ns, int lba, int count, Buffers.Mistake mistake) {
    Command command = blocks("compare", Spec.COMPARE, ns, lba, count);
    boolean forced = forced(command);
    data(command, count * ns.blockBytes(), false, mistake);
    if (command.statuses.contains(Spec.SUCCESS)) {
      command.may(Spec.COMPARE_FAILURE);
    }
    long[] tags = new long[count];
    for (int i = 0; i < count; i++) {
      tags[i] = ns.blocks().guess(lba + i);
    }
    if (random.nextInt(4) == 0) {
      tags[random.nextInt(count)] = Content.tag(host.disks.nextWrite(), lba);
    }
    buffer.put(content(ns, tags));
    command.effect = new IoEffects.Compare(ns, lba, tags, forced);
    return command;
  }

  private Command flush() {
    int nsid = 1 + random.nextInt(host.disks.count());
    Command command = new Command("flush ns " + nsid, Spec.FLUSH).namespace(nsid).may(Spec.SUCCESS);
    List<BlockModel> flushed = new ArrayList<>();
    if (random.nextInt(8) == 0) {
      command.namespace(ALL).may(Spec.INVALID_NAMESPACE);
      for (int i = 1; i <= host.disks.count(); i++) {
        flushed.add(host.disks.get(i).blocks());
      }
    } else {
      flushed.add(host.disks.get(nsid).blocks());
    }
    command.effect = new IoEffects.Flush(flushed);
    return command;
  }

  private Command zeroes(Disks.Namespace ns, int lba, int count) {
    boolean fua = random.nextInt(4) == 0;
    boolean deallocate = random.nextBoolean();
    Command command = blocks("write zeroes", Spec.WRITE_ZEROES, ns, lba, count);
    command.words[12] |= (fua ? FUA : 0) | (deallocate ? 1 << 25 : 0);
    command.may(Spec.SUCCESS);
    command.effect =
        new IoEffects.Write(
            host.disks,
            fua,
            false,
            () -> ImmutableList.of(ns.blocks().change(lba, new long[count], host.tick())));
    return command;
  }

  private Command deallocate(Disks.Namespace ns) {
    int ranges = 1 + random.nextInt(4);
    boolean deallocate = random.nextInt(5) > 0;
    Command command =
        new Command("deallocate ns %d, %d ranges".formatted(ns.nsid(), ranges), Spec.DSM)
            .namespace(ns.nsid())
            .word(10, ranges - 1)
            .word(11, deallocate ? DEALLOCATE : 0);
    data(command, ranges * 16, false, mistake());
    ByteBuffer list = ByteBuffer.allocate(ranges * 16).order(ByteOrder.LITTLE_ENDIAN);
    List<int[]> inside = new ArrayList<>();
    for (int i = 0; i < ranges; i++) {
      int lba = random.nextInt(ns.blocks().count());
      int count = 1 + random.nextInt(ns.blocks().count() - lba);
      boolean tooFar = random.nextInt(12) == 0;
      list.putInt(0).putInt(tooFar ? ns.blocks().count() : count).putLong(tooFar ? lba + 1 : lba);
      if (tooFar) {
        command.statuses.remove(Spec.SUCCESS);
        command.may(Spec.LBA_OUT_OF_RANGE);
        if (!deallocate) {
          command.may(Spec.SUCCESS); // nothing is done to the range
        }
      } else if (deallocate) {
        inside.add(new int[] {lba, count});
      }
    }
    buffer.put(list.array());
    command.effect =
        new IoEffects.Write(
            host.disks,
            false,
            true,
            () ->
                inside.stream()
                    .map(r -> ns.blocks().change(r[0], new long[r[1]], host.tick()))
                    .toList());
    return command;
  }

  /** Blocks that are not all there, or more than one command may name. */
  private Command outside(Disks.Namespace ns) {
    int[] opcodes = {Spec.READ, Spec.WRITE, Spec.COMPARE, Spec.WRITE_ZEROES, Spec.VERIFY};
    int opcode = opcodes[random.nextInt(opcodes.length)];
    int blocks = ns.blocks().count();
    Command command =
        switch (random.nextInt(4)) {
          case 0 -> blocks("outside", opcode, ns, blocks - 1, 2);
          case 1 -> blocks("outside", opcode, ns, blocks + (random.nextLong() >>> 20), 1);
          case 2 -> blocks("outside", opcode, ns, -1 - random.nextInt(4), 8);
          default -> blocks("outside", opcode, ns, 0, MAX_BLOCKS);
        };
    return command
        .wide(6, random.nextLong())
        .wide(8, random.nextLong())
        .may(Spec.LBA_OUT_OF_RANGE, Spec.INVALID_FIELD);
  }

  private Command unknown() {
    int[] opcodes = {0x03, 0x06, 0x0a, 0x7f, 0x83, 0xff};
    return new Command("unknown", opcodes[random.nextInt(opcodes.length)])
        .namespace(1)
        .wide(6, random.nextLong())
        .wide(10, random.nextLong())
        .may(Spec.INVALID_OPCODE);
  }
}
