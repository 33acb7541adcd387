package ringside.fuzz.nvme;

import java.util.List;
import java.util.SplittableRandom;

/** Admin commands that make no queues and delete none. */
final class AdminCommands {
  private static final int WRITE_CACHE = 6;
  private static final int QUEUES = 7;

  private final Host host;
  private final SplittableRandom random;
  private final Buffers.Buffer buffer;

  private AdminCommands(Host host, SplittableRandom random, Buffers.Buffer buffer) {
    this.host = host;
    this.random = random;
    this.buffer = buffer;
  }

  static Command any(Host host, SplittableRandom random, Buffers.Buffer buffer) {
    Command command = new AdminCommands(host, random, buffer).any();
    command.buffer = buffer;
    return command;
  }

  private Command any() {
    return switch (random.nextInt(12)) {
      case 0, 1 -> identify();
      case 2, 3 -> logPage();
      case 4 -> getFeature();
      case 5 -> writeCache();
      case 6 -> queueCount();
      case 7, 8 -> abort();
      case 9, 10 -> asynchronousEvent();
      default -> unknown();
    };
  }

  private void data(Command command, int bytes) {
    Buffers.Mistake[] all = Buffers.Mistake.values();
    Buffers.Mistake mistake =
        random.nextInt(8) == 0 ? all[random.nextInt(all.length)] : Buffers.Mistake.NONE;
    switch (buffer.describe(command, bytes, true, mistake, random)) {
      case NONE -> command.may(Spec.SUCCESS);
      case ODD_OFFSET -> command.may(Spec.SUCCESS, Spec.INVALID_PRP_OFFSET);
      case PAGE_OFFSET -> command.may(Spec.INVALID_PRP_OFFSET);
      case NO_MEMORY -> command.may(Spec.DATA_TRANSFER_ERROR);
    }
    buffer.poison();
  }

  private Command identify() {
    int cns = random.nextInt(5) == 0 ? random.nextInt(256) : random.nextInt(4);
    int nsid = cns == 0 || cns == 3 ? random.nextInt(host.disks.count() + 2) : 0;
    Command command = new Command("identify " + cns + " ns " + nsid, Spec.IDENTIFY);
    command.namespace(nsid).word(10, cns);
    data(command, Spec.PAGE);
    if (cns > 3) {
      command.may(Spec.INVALID_FIELD, Spec.INVALID_NAMESPACE, Spec.INVALID_OPCODE);
    } else if (nsid == 0 || nsid > host.disks.count()) {
      command.may(Spec.INVALID_NAMESPACE);
      if (cns == 0 || cns == 3) {
        command.statuses.remove(Spec.SUCCESS);
      }
    }
    boolean list = cns == 2 && command.statuses.contains(Spec.SUCCESS);
    command.effect = onSuccess(() -> checkIdentify(cns, list));
    return command;
  }

  private void checkIdentify(int cns, boolean list) {
    byte[] data = buffer.get();
    if (cns == 1) {
      Divergence.unless(
          data[512] == 0x66 && data[513] == 0x44, "SQES %x, CQES %x", data[512], data[513]);
      Divergence.unless(data[516] == host.disks.count(), "NN is %d", data[516]);
      host.aers.limit((data[259] & 0xff) + 1);
    } else if (list) {
      for (int i = 0; i <= host.disks.count(); i++) {
        int expected = i < host.disks.count() ? i + 1 : 0;
        Divergence.unless(
            data[4 * i] == expected, "entry %d of the namespace list is %d", i, data[4 * i]);
      }
    }
  }

  private static Command.Effect onSuccess(Runnable action) {
    return new Command.Effect() {
      @Override
      public void begins(long now) {}

      @Override
      public void completes(int status, int dw0, long now) {
        if (status == Spec.SUCCESS) {
          action.run();
        }
      }

      @Override
      public void vanishes(long now) {}
    };
  }

  private Command logPage() {
    int[] pages = {1, 1, 1, 2, 3, 5, 0, 0x42};
    int page = pages[random.nextInt(pages.length)];
    int bytes = 64 * (1 + random.nextInt(8));
    boolean keep = random.nextInt(4) == 0;
    Command command = new Command("log page " + page, Spec.GET_LOG_PAGE);
    command.namespace(0xffff_ffff).word(10, (bytes / 4 - 1) << 16 | (keep ? 1 << 15 : 0) | page);
    data(command, bytes);
    if (page == 0 || page == 0x42 || page == 5) {
      command.may(Spec.INVALID_LOG_PAGE, Spec.INVALID_FIELD);
    }
    if (random.nextInt(8) == 0) {
      command.word(12, 1 << 20).may(Spec.INVALID_FIELD);
    }
    if (page == 1 && !keep) {
      command.effect = acknowledging();
    }
    return command;
  }

  private Command.Effect acknowledging() {
    return new Command.Effect() {
      private int reported;

      @Override
      public void begins(long now) {
        reported = host.aers.reported();
        host.aers.logReadBegins();
      }

      @Override
      public void completes(int status, int dw0, long now) {
        if (status == Spec.SUCCESS) {
          host.aers.logRead(reported);
        } else {
          host.aers.logReadFails();
        }
      }

      @Override
      public void vanishes(long now) {
        host.aers.logReadFails();
      }
    };
  }

  private Command getFeature() {
    int feature = random.nextInt(32);
    Command command = new Command("get feature " + feature, Spec.GET_FEATURES);
    command.namespace(1).word(10, feature | random.nextInt(5) << 8);
    data(command, Spec.PAGE);
    return command.may(Spec.SUCCESS, Spec.INVALID_FIELD, Spec.INVALID_NAMESPACE);
  }

  private Command writeCache() {
    boolean off = random.nextBoolean();
    Command command = new Command("write cache " + (off ? "off" : "on"), Spec.SET_FEATURES);
    command.word(10, WRITE_CACHE).word(11, off ? 0 : 1).may(Spec.SUCCESS);
    command.effect =
        new Command.Effect() {
          private long began;

          @Override
          public void begins(long now) {
            began = now;
            host.disks.cacheOff(false); // it may be on from now on, whichever comes
          }

          @Override
          public void completes(int status, int dw0, long now) {
            if (off && status == Spec.SUCCESS) {
              host.disks.durable(began); // flushes need not have an effect from now on
            }
            host.disks.cacheOff(off && status == Spec.SUCCESS && !othersUnderWay());
          }

          @Override
          public void vanishes(long now) {}
        };
    return command;
  }

  private boolean othersUnderWay() {
    return host.sqs.get(0).outstanding.values().stream()
        .anyMatch(other -> other.opcode == Spec.SET_FEATURES);
  }

  private Command queueCount() {
    boolean wrong = random.nextInt(3) == 0;
    Command command = new Command("number of queues", Spec.SET_FEATURES);
    command.word(10, QUEUES).word(11, wrong ? 0xffff_ffff : 0x3_0003);
    boolean late = host.cqs.size() > 1 || host.structural != null;
    command.may(Spec.SEQUENCE_ERROR);
    if (wrong) {
      command.may(Spec.INVALID_FIELD);
    } else if (!late || host.structural != null) {
      command.may(Spec.SUCCESS);
    }
    command.wantsNoQueues = !wrong;
    return command;
  }

  private Command abort() {
    List<SubmissionQueue> queues = List.copyOf(host.sqs.values());
    SubmissionQueue sq = queues.get(random.nextInt(queues.size()));
    List<Command> victims = List.copyOf(sq.outstanding.values());
    boolean aimed = random.nextInt(4) > 0 && !victims.isEmpty();
    int cid = aimed ? victims.get(random.nextInt(victims.size())).cid : random.nextInt(0x10000);
    Command command = new Command("abort SQ %d cid %d".formatted(sq.id, cid), Spec.ABORT);
    command.aborts = (cid << 16 | sq.id) & 0xffff_ffffL;
    command.word(10, cid << 16 | sq.id).may(Spec.SUCCESS, Spec.ABORT_LIMIT);
    command.effect =
        new Command.Effect() {
          @Override
          public void begins(long now) {
            Command victim = sq.outstanding.get(cid);
            if (victim != null) {
              victim.may(Spec.ABORT_REQUESTED);
            }
          }

          @Override
          public void completes(int status, int dw0, long now) {}

          @Override
          public void vanishes(long now) {}
        };
    return command;
  }

  private Command asynchronousEvent() {
    Command command = new Command("AER", Spec.AER).may(Spec.SUCCESS);
    command.effect =
        new Command.Effect() {
          @Override
          public void begins(long now) {
            if (host.aers.full()) { // it may overtake others, which are refused then
              host.sqs.get(0).outstanding.values().stream()
                  .filter(Command::parked)
                  .forEach(other -> other.may(Spec.AER_LIMIT));
            }
            host.aers.park();
          }

          @Override
          public void completes(int status, int dw0, long now) {
            host.aers.unpark(status == Spec.SUCCESS, dw0);
          }

          @Override
          public void vanishes(long now) {}
        };
    return command;
  }

  private Command unknown() {
    int[] opcodes = {0x03, 0x07, 0x0b, 0x0e, 0x11, 0x7f, 0xc3, 0xff};
    return new Command("unknown", opcodes[random.nextInt(opcodes.length)])
        .wide(6, random.nextLong())
        .wide(10, random.nextLong())
        .may(Spec.INVALID_OPCODE);
  }
}
