package ringside.fuzz.nvme;

import java.util.List;
import java.util.SplittableRandom;

/** Does steps: turns what a step wants into what is possible just then. */
final class Player {
  /** Blocks read at a time in the end. */
  private static final int STRIDE = 8;

  private final Host host;

  Player(Host host) {
    this.host = host;
  }

  /**
   * Does one step, and compares what came of it.
   *
   * @throws Divergence when that is not allowed
   */
  void play(Step step) {
    SplittableRandom random = new SplittableRandom(step.bits());
    if (!host.ready()) {
      host.start(2 + random.nextInt(63), 2 + random.nextInt(63));
    }
    switch (step.kind()) {
      case IO -> io(random);
      case ADMIN -> submit(host.sqs.get(0), random, AdminCommands::any);
      case QUEUES -> structural(QueueCommands::any, random);
      case RING -> host.sqs.values().forEach(sq -> ringSome(sq, random));
      case ACKNOWLEDGE -> acknowledge(random);
      case WAIT ->
          host.target.advance(random.nextLong(random.nextInt(4) == 0 ? 2_000_000 : 60_000));
      case MASK -> mask(random);
      case BAD_DOORBELL -> badDoorbell(random);
      case REGISTERS -> registers(random);
      case QUIESCE -> host.quiesce();
      case RESET -> host.reset();
      case WRONG_START -> wrongStart(random);
      case SHUTDOWN -> shutdown(random);
      case POWER_CUT -> host.powerCut(random.nextLong());
      case BUS_MASTER -> host.withoutBusMaster(() -> withoutBusMaster(random));
    }
    host.observe();
  }

  private interface Maker {
    Command make(Host host, SplittableRandom random, Buffers.Buffer buffer);
  }

  private void io(SplittableRandom random) {
    List<SubmissionQueue> queues = List.copyOf(host.sqs.values());
    if (queues.size() == 1) {
      structural(QueueCommands::create, random);
    } else {
      submit(queues.get(1 + random.nextInt(queues.size() - 1)), random, IoCommands::any);
    }
  }

  private void submit(SubmissionQueue sq, SplittableRandom random, Maker maker) {
    Buffers.Buffer buffer = sq.full() ? null : host.buffers.take();
    if (buffer != null) {
      host.post(sq, maker.make(host, random, buffer), random.nextInt(256));
      ringSome(sq, random);
    }
  }

  private void ringSome(SubmissionQueue sq, SplittableRandom random) {
    if (random.nextBoolean()) {
      host.ring(sq);
    }
  }

  private interface QueueMaker {
    Command make(Host host, SplittableRandom random);
  }

  private void structural(QueueMaker maker, SplittableRandom random) {
    if (host.structural == null) {
      submit(
          host.sqs.get(0),
          random,
          (_, _, buffer) -> {
            Command command = maker.make(host, random);
            command.buffer = buffer;
            return command;
          });
    }
  }

  private void acknowledge(SplittableRandom random) {
    for (CompletionQueue cq : List.copyOf(host.cqs.values())) {
      if (random.nextInt(3) > 0) {
        host.acknowledge(cq, random.nextBoolean() ? cq.size : 1 + random.nextInt(4));
      }
    }
  }

  private void mask(SplittableRandom random) {
    boolean mask = random.nextInt(3) == 0;
    if (random.nextInt(6) == 0) {
      host.say("function mask %s", mask);
      host.interrupts.maskFunction(mask);
    } else {
      int vector = random.nextInt(host.interrupts.count());
      host.say("vector %d mask %s", vector, mask);
      host.interrupts.mask(vector, mask);
    }
  }

  private void badDoorbell(SplittableRandom random) {
    int qid = random.nextInt(Host.MAX_QUEUES + 3);
    boolean completion = random.nextBoolean();
    boolean there = completion ? host.cqs.containsKey(qid) : host.sqs.containsKey(qid);
    int value;
    if (there) {
      value =
          completion ? wrongHead(host.cqs.get(qid), random) : past(host.sqs.get(qid).size, random);
    } else if (host.structural == null) {
      value = random.nextInt(4);
    } else {
      return; // the queue may come to be before the doorbell is looked at
    }
    String queue = completion ? "CQ" : "SQ";
    host.say("bad doorbell: %s %d value %d", queue, qid, value);
    host.coverage.count(queue + " doorbell", there ? "bad value" : "of no queue");
    host.aers.badDoorbell();
    host.target.write(Spec.DOORBELLS + qid * 8 + (completion ? 4 : 0), 4, value);
  }

  /** Past the end of the queue, or of what there is to acknowledge. */
  private int wrongHead(CompletionQueue cq, SplittableRandom random) {
    host.observe();
    int free = cq.size - 1 - cq.unacknowledged();
    return free > 0 && random.nextBoolean()
        ? (cq.seen + 1 + random.nextInt(free)) % cq.size
        : past(cq.size, random);
  }

  private static int past(int size, SplittableRandom random) {
    return random.nextInt(4) == 0 ? size : size + random.nextInt(0x10000 - size);
  }

  /** Reads all sorts of things, and writes what cannot be written. */
  private void registers(SplittableRandom random) {
    long cap = host.target.read(Spec.CAP, 8);
    int size = 1 << random.nextInt(4);
    host.target.read(random.nextInt(0x4000 / size) * size, size);
    int[] readOnly = {Spec.CAP, Spec.CAP + 4, Spec.VS, Spec.CSTS, 0x38, 0x3c, 0x40, 0xe00};
    host.target.write(readOnly[random.nextInt(readOnly.length)], 4, random.nextInt());
    Divergence.unless(host.target.read(Spec.CAP, 8) == cap, "CAP was changed");
    long halves = host.target.read(Spec.CAP, 4) | host.target.read(Spec.CAP + 4, 4) << 32;
    Divergence.unless(halves == cap, "CAP in halves is 0x%x, as a whole 0x%x", halves, cap);
    Divergence.unless((host.target.read(Spec.CC, 4) & 1) == 1, "the controller is not enabled");
  }

  private void wrongStart(SplittableRandom random) {
    switch (random.nextInt(4)) {
      case 0 -> host.startWrong(0x1f_0000, 0x46_0001); // admin SQ of one entry
      case 1 -> host.startWrong(0x1f, 0x46_0001); // admin CQ of one entry
      case 2 -> host.startWrong(0x1f_001f, 0x46_0781); // pages of 128 MiB
      default -> host.startWrong(0x1f_001f, 0x46_0021); // a command set that is none
    }
  }

  private void shutdown(SplittableRandom random) {
    if (random.nextBoolean()) {
      host.quiesce();
    }
    host.shutdown(random.nextBoolean());
    if (random.nextBoolean()) {
      host.powerCut(random.nextLong());
    } else {
      host.reset();
    }
  }

  private void withoutBusMaster(SplittableRandom random) {
    host.sqs.values().forEach(sq -> ringSome(sq, random));
    host.target.advance(random.nextLong(200_000));
    acknowledge(random);
  }

  /** In the end: everything completes, and every block holds what it may. */
  void end() {
    SplittableRandom random = new SplittableRandom(0);
    if (host.ready()) {
      host.quiesce();
      host.reset();
    }
    while (host.sqs.size() < 2) {
      play(new Step(Step.Kind.IO, random.nextLong()));
      host.quiesce();
    }
    SubmissionQueue sq = host.sqs.get(host.sqs.lastKey());
    for (int nsid = 1; nsid <= host.disks.count(); nsid++) {
      for (int lba = 0; lba < host.disks.get(nsid).blocks().count(); lba += STRIDE) {
        host.post(sq, IoCommands.read(host, random, host.buffers.take(), nsid, lba, STRIDE), 0);
        host.quiesce();
      }
    }
  }
}
