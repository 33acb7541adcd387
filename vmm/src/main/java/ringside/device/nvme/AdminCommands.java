package ringside.device.nvme;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The admin command set (NVM Express 1.4, section 5). */
final class AdminCommands {
  static final int DELETE_SQ = 0x00;
  static final int CREATE_SQ = 0x01;
  static final int GET_LOG_PAGE = 0x02;
  static final int DELETE_CQ = 0x04;
  static final int CREATE_CQ = 0x05;
  static final int IDENTIFY = 0x06;
  static final int ABORT = 0x08;
  static final int SET_FEATURES = 0x09;
  static final int GET_FEATURES = 0x0a;
  static final int AER = 0x0c;

  private static final int NOT_ABORTED = 1;

  private final NvmeController controller;
  private final Identify identify;
  private final Features features;
  private final LogPages logs;

  AdminCommands(NvmeController controller, String serial) {
    this.controller = controller;
    this.identify = new Identify(controller.namespaces(), serial);
    this.features = new Features(controller);
    this.logs = new LogPages(controller);
  }

  Features features() {
    return features;
  }

  LogPages logs() {
    return logs;
  }

  void reset() {
    features.reset();
  }

  /** Returns dword 0 of the completion. */
  int execute(SubmissionQueue.Flight flight) throws CommandException, IOException {
    Sqe sqe = flight.sqe;
    CommandException.unless(!sqe.unsupported(), Status.INVALID_FIELD);
    return switch (sqe.opcode()) {
      case DELETE_SQ -> deleteSq(sqe);
      case CREATE_SQ -> createSq(sqe);
      case GET_LOG_PAGE -> logPage(sqe);
      case DELETE_CQ -> deleteCq(sqe);
      case CREATE_CQ -> createCq(sqe);
      case IDENTIFY -> identify(sqe);
      case ABORT -> abort(sqe);
      case SET_FEATURES -> features.set(sqe);
      case GET_FEATURES -> features.get(sqe);
      default -> throw new CommandException(Status.INVALID_OPCODE);
    };
  }

  private int createCq(Sqe sqe) throws CommandException {
    int qid = qid(sqe);
    int size = size(sqe);
    int vector = sqe.bits(11, 31, 16);
    CommandException.unless(
        qid >= 1 && qid <= NvmeController.IO_QUEUES && !controller.cqs().containsKey(qid),
        Status.INVALID_QID);
    CommandException.unless(
        validSize(size) && Registers.cqEntrySize(controller.cc()), Status.INVALID_QUEUE_SIZE);
    contiguous(sqe);
    CommandException.unless(vector < vectors(), Status.INVALID_VECTOR);
    boolean interrupts = sqe.bits(11, 1, 1) != 0;
    controller.cqs().put(qid, new CompletionQueue(qid, sqe.prp1(), size, vector, interrupts));
    return 0;
  }

  private int createSq(Sqe sqe) throws CommandException {
    int qid = qid(sqe);
    int size = size(sqe);
    int cqid = sqe.bits(11, 31, 16);
    CommandException.unless(
        qid >= 1 && qid <= NvmeController.IO_QUEUES && !controller.sqs().containsKey(qid),
        Status.INVALID_QID);
    CommandException.unless(cqid != 0 && controller.cqs().containsKey(cqid), Status.INVALID_CQ);
    CommandException.unless(
        validSize(size) && Registers.sqEntrySize(controller.cc()), Status.INVALID_QUEUE_SIZE);
    contiguous(sqe);
    CompletionQueue cq = controller.cqs().get(cqid);
    controller.sqs().put(qid, new SubmissionQueue(qid, sqe.prp1(), size, cq));
    return 0;
  }

  private static int qid(Sqe sqe) {
    return sqe.bits(10, 15, 0);
  }

  private static int size(Sqe sqe) {
    return sqe.bits(10, 31, 16) + 1;
  }

  private static boolean validSize(int size) {
    return size >= 2 && size <= Registers.MQES + 1;
  }

  /** Without messages there is the pin alone, which is vector 0. */
  private int vectors() {
    return controller.msix().enabled() ? controller.msix().vectors() : 1;
  }

  private static void contiguous(Sqe sqe) throws CommandException {
    CommandException.unless(sqe.bits(11, 0, 0) == 1, Status.INVALID_FIELD);
    CommandException.unless(sqe.prp1() % Prps.PAGE == 0, Status.INVALID_PRP_OFFSET);
  }

  private int deleteSq(Sqe sqe) throws CommandException {
    SubmissionQueue sq = qid(sqe) == 0 ? null : controller.sqs().get(qid(sqe));
    CommandException.unless(sq != null, Status.INVALID_QID);
    controller.delete(sq);
    return 0;
  }

  private int deleteCq(Sqe sqe) throws CommandException {
    CompletionQueue cq = qid(sqe) == 0 ? null : controller.cqs().get(qid(sqe));
    CommandException.unless(cq != null, Status.INVALID_QID);
    CommandException.unless(
        controller.sqs().values().stream().noneMatch(sq -> sq.cq == cq),
        Status.INVALID_QUEUE_DELETION);
    controller.delete(cq);
    return 0;
  }

  private int abort(Sqe sqe) {
    SubmissionQueue sq = controller.sqs().get(sqe.bits(10, 15, 0));
    SubmissionQueue.Flight victim = sq == null ? null : sq.flights.get(sqe.bits(10, 31, 16));
    if (victim == null || victim.sqe == sqe) {
      return NOT_ABORTED;
    }
    controller.events().forget(victim);
    controller.finish(victim, Status.ABORT_REQUESTED, 0);
    return 0;
  }

  private int identify(Sqe sqe) throws CommandException {
    give(sqe, identify.answer(sqe.bits(10, 7, 0), sqe.nsid()));
    return 0;
  }

  private int logPage(Sqe sqe) throws CommandException {
    ByteBuffer page = logs.page(sqe.bits(10, 7, 0));
    long length = ((sqe.bits(11, 15, 0) & 0xffffL) << 16 | sqe.bits(10, 31, 16) & 0xffffL) + 1;
    long offset = sqe.wide(12);
    CommandException.unless(
        offset >= 0 && offset < page.limit() && offset % 4 == 0 && sqe.bits(14, 6, 0) == 0,
        Status.INVALID_FIELD);
    CommandException.unless(length * 4 <= IoCommands.MAX_TRANSFER, Status.INVALID_FIELD);
    int there = (int) Math.min(length * 4, page.limit() - offset);
    ByteBuffer data = ByteBuffer.allocate((int) (length * 4));
    data.put(0, page, (int) offset, there);
    give(sqe, data);
    if (sqe.bits(10, 15, 15) == 0) {
      controller.events().logRead(sqe.bits(10, 7, 0));
    }
    return 0;
  }

  /** Transfers data to the guest. */
  void give(Sqe sqe, ByteBuffer data) throws CommandException {
    List<ByteBuffer> pieces = Prps.buffers(controller.dma(), sqe, data.remaining(), true);
    for (ByteBuffer piece : pieces) {
      int part = piece.remaining();
      piece.put(data.slice(data.position(), part));
      data.position(data.position() + part);
    }
  }
}
