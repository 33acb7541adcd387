package ringside.hypercall;

import static ringside.abi.gen.ConsoleAbi.CONSOLEIO_read;
import static ringside.abi.gen.ConsoleAbi.CONSOLEIO_write;
import static ringside.abi.gen.ErrnoAbi.EFAULT;
import static ringside.abi.gen.ErrnoAbi.ENOSYS;

import ringside.device.ConsoleChannel;
import ringside.domain.Continuation;
import ringside.memory.GuestFault;

/**
 * console_io (18): the emergency console. We are a Xen built verbose, so guests may write; what
 * they write goes to their console, within {@code PvConsole}'s rate limit.
 *
 * <p>Preemptible: a count is 32 bits, so one call can ask for 4 GiB; after {@link #BATCH} chunks
 * the rest is left as a continuation. A bad page ends the call with -EFAULT, and what came before
 * it has been written. Nobody types here, so a read always gives 0 bytes.
 */
final class ConsoleIo implements Hypercall {
  private static final int CHUNK = 4096;
  private static final int BATCH = 16;

  @Override
  public long call(HypercallArgs args) {
    return switch (args.cmd()) {
      case CONSOLEIO_write -> new Write(args).resume();
      case CONSOLEIO_read -> 0;
      default -> -ENOSYS;
    };
  }

  /** How far one write has come; the continuation of itself. */
  private static final class Write implements Continuation {
    private final HypercallArgs args;
    private final long count;
    private long done;

    Write(HypercallArgs args) {
      this.args = args;
      this.count = args.a2() & 0xffff_ffffL;
    }

    @Override
    public long resume() {
      for (int i = 0; i < BATCH && done < count; i++) {
        long address = args.a3() + done;
        int chunk = (int) Math.min(count - done, CHUNK - (address & CHUNK - 1));
        try {
          byte[] bytes = args.read(address, chunk);
          args.domain().console().write(ConsoleChannel.CONSOLE_IO, bytes, args.cause());
        } catch (GuestFault e) {
          return -EFAULT;
        }
        done += chunk;
      }
      if (done == count) {
        return 0;
      }
      args.vcpu().continuation(this);
      return UNFINISHED;
    }
  }
}
