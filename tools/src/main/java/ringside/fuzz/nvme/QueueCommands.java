package ringside.fuzz.nvme;

import java.util.SplittableRandom;

/** Commands that make and delete I/O queues, good ones and bad ones. One is under way at a time. */
final class QueueCommands {
  private static final int CONTIGUOUS = 1;
  private static final int INTERRUPTS = 2;

  /** From here on there are no doorbells for a queue: BAR 0 has room for so many pairs. */
  private static final int NO_QID = 512;

  private final Host host;
  private final SplittableRandom random;

  private QueueCommands(Host host, SplittableRandom random) {
    this.host = host;
    this.random = random;
  }

  /** One that brings the host nearer to having an I/O queue of each kind. */
  static Command create(Host host, SplittableRandom random) {
    QueueCommands commands = new QueueCommands(host, random);
    int qid = 1 + random.nextInt(Host.MAX_QUEUES);
    boolean haveCq = host.cqs.size() > 1;
    return haveCq && random.nextInt(4) > 0 ? commands.createSq(qid) : commands.createCq(qid);
  }

  static Command any(Host host, SplittableRandom random) {
    QueueCommands commands = new QueueCommands(host, random);
    int qid = 1 + random.nextInt(Host.MAX_QUEUES);
    return switch (random.nextInt(8)) {
      case 0, 1 -> create(host, random);
      case 2, 3 -> commands.deleteSq(random.nextInt(8) == 0 ? anyQid(random) : qid);
      case 4 -> commands.deleteCq(random.nextInt(8) == 0 ? anyQid(random) : qid);
      case 5 -> commands.wrongCq(qid);
      case 6 -> commands.wrongSq(qid);
      default -> commands.createCq(qid);
    };
  }

  private static int anyQid(SplittableRandom random) {
    return random.nextBoolean() ? 0 : NO_QID + random.nextInt(0x10000 - NO_QID);
  }

  private static int size(SplittableRandom random, int most) {
    return switch (random.nextInt(4)) {
      case 0 -> 2;
      case 1 -> 2 + random.nextInt(6);
      case 2 -> most;
      default -> 2 + random.nextInt(most - 1);
    };
  }

  private Command createCq(int qid) {
    int size = size(random, Host.MAX_CQ);
    int vector = random.nextInt(host.interrupts.count());
    boolean interrupts = random.nextInt(4) > 0;
    Command command =
        new Command(
                "create CQ %d, %d entries, vector %d".formatted(qid, size, vector), Spec.CREATE_CQ)
            .wide(6, Host.cqBase(qid))
            .word(10, (size - 1) << 16 | qid)
            .word(11, vector << 16 | (interrupts ? INTERRUPTS : 0) | CONTIGUOUS);
    boolean taken = host.cqs.containsKey(qid);
    if (!taken) {
      host.clearCq(qid);
    }
    command.may(taken ? Spec.INVALID_QID : Spec.SUCCESS);
    long base = Host.cqBase(qid);
    return structural(
        command, () -> host.addQueue(new CompletionQueue(qid, size, base, vector, interrupts)));
  }

  private Command createSq(int qid) {
    int size = size(random, Host.MAX_SQ);
    Integer[] cqs = host.cqs.keySet().toArray(Integer[]::new);
    int cq = cqs[random.nextInt(cqs.length)];
    Command command =
        new Command("create SQ %d, %d entries, CQ %d".formatted(qid, size, cq), Spec.CREATE_SQ)
            .wide(6, Host.sqBase(qid))
            .word(10, (size - 1) << 16 | qid)
            .word(11, cq << 16 | random.nextInt(4) << 1 | CONTIGUOUS);
    if (host.sqs.containsKey(qid)) {
      command.may(Spec.INVALID_QID);
    }
    if (cq == 0) {
      command.may(Spec.INVALID_CQ, Spec.INVALID_QID);
    }
    if (command.statuses.isEmpty()) {
      command.may(Spec.SUCCESS);
    }
    long base = Host.sqBase(qid);
    return structural(command, () -> host.addQueue(new SubmissionQueue(qid, size, cq, base)));
  }

  /** A good command with one or two bad fields. */
  private Command wrongCq(int qid) {
    Command command = createCq(qid);
    command.statuses.remove(Spec.SUCCESS);
    do {
      switch (random.nextInt(5)) {
        case 0 -> qid(command, anyQid(random));
        case 1 -> size(command);
        case 2 -> {
          int vector = host.interrupts.count() + random.nextInt(100);
          command.words[11] = command.words[11] & 0xffff | vector << 16 | INTERRUPTS;
          command.may(Spec.INVALID_VECTOR);
        }
        case 3 -> offset(command);
        default -> {
          command.words[11] &= ~CONTIGUOUS;
          command.may(Spec.INVALID_FIELD);
        }
      }
    } while (random.nextInt(4) == 0);
    return command;
  }

  private Command wrongSq(int qid) {
    Command command = createSq(qid);
    command.statuses.remove(Spec.SUCCESS);
    do {
      switch (random.nextInt(5)) {
        case 0 -> qid(command, anyQid(random));
        case 1 -> size(command);
        case 2 -> {
          boolean nonsense = random.nextBoolean();
          int cq = nonsense ? 5 + random.nextInt(0xfff0) : missingCq();
          command.words[11] = command.words[11] & 0xffff | cq << 16;
          command.may(Spec.INVALID_CQ, Spec.INVALID_QID);
        }
        case 3 -> offset(command);
        default -> {
          command.words[11] &= ~CONTIGUOUS;
          command.may(Spec.INVALID_FIELD);
        }
      }
    } while (random.nextInt(4) == 0);
    return command;
  }

  private int missingCq() {
    int cq = 1;
    while (host.cqs.containsKey(cq)) {
      cq++;
    }
    return cq;
  }

  private static void qid(Command command, int qid) {
    command.words[10] = command.words[10] & 0xffff_0000 | qid;
    command.may(Spec.INVALID_QID);
  }

  private void size(Command command) {
    boolean one = random.nextBoolean();
    long most = host.target.read(Spec.CAP, 4) & 0xffff;
    if (!one && most == 0xffff) {
      return;
    }
    command.words[10] = command.words[10] & 0xffff | (one ? 0 : (int) most + 1) << 16;
    command.may(Spec.INVALID_QUEUE_SIZE);
  }

  private void offset(Command command) {
    command.words[6] |= 4 << random.nextInt(10);
    command.may(Spec.INVALID_PRP_OFFSET);
  }

  private Command deleteSq(int qid) {
    Command command = new Command("delete SQ " + qid, Spec.DELETE_SQ).word(10, qid);
    SubmissionQueue sq = qid == 0 ? null : host.sqs.get(qid);
    command.may(sq == null ? Spec.INVALID_QID : Spec.SUCCESS);
    if (sq != null) {
      sq.deleting = true;
    }
    return structural(
        command,
        () -> host.removeSq(qid),
        () -> {
          if (sq != null) {
            sq.deleting = false;
          }
        });
  }

  private Command deleteCq(int qid) {
    Command command = new Command("delete CQ " + qid, Spec.DELETE_CQ).word(10, qid);
    CompletionQueue cq = qid == 0 ? null : host.cqs.get(qid);
    boolean there = cq != null;
    boolean used = there && host.sqs.values().stream().anyMatch(sq -> sq.cq == qid);
    command.may(there ? used ? Spec.INVALID_QUEUE_DELETION : Spec.SUCCESS : Spec.INVALID_QID);
    if (there) {
      cq.deleting = true;
    }
    return structural(
        command,
        () -> host.removeCq(qid),
        () -> {
          if (there) {
            cq.deleting = false;
          }
        });
  }

  private Command structural(Command command, Runnable done) {
    return structural(command, done, () -> {});
  }

  private Command structural(Command command, Runnable done, Runnable failed) {
    host.structural = command;
    command.effect =
        new Command.Effect() {
          @Override
          public void begins(long now) { // it may overtake others, and delete the last queue
            host.sqs.get(0).outstanding.values().stream()
                .filter(other -> other.wantsNoQueues)
                .forEach(other -> other.may(Spec.SUCCESS));
          }

          @Override
          public void completes(int status, int dw0, long now) {
            host.structural = null;
            if (status == Spec.SUCCESS) {
              done.run();
            } else {
              failed.run();
            }
          }

          @Override
          public void vanishes(long now) {}
        };
    return command;
  }
}
