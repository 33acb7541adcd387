package ringside.cli.compare;

import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import ringside.cli.UserError;

/**
 * The processor of this computer, in a process of its own: {@code tools/native/compare/judge.c}
 * documents its orders and answers.
 */
final class NativeJudge implements Judge {
  private static final Path SOURCE =
      Path.of(System.getProperty("ringside.home", "."), "tools/native/compare/judge.c");
  private static final int CODE_MOST = 4096;
  private static final int ORDER = 8 * 19 + Layout.FX + Layout.MEMORY + CODE_MOST;
  private static final int ANSWER = 8 * 21 + Layout.FX + Layout.MEMORY;
  private static final int SLOTS = 64;

  private final Process process;
  private final OutputStream orders;
  private final InputStream answers;
  private final ByteBuffer shared;

  /** Whether sequences can run natively here: on x86-64 with a compiler. */
  static boolean possible() {
    return System.getProperty("os.arch").equals("amd64")
        && Files.isReadable(SOURCE)
        && List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc")));
  }

  /**
   * Compiles the program and starts it.
   *
   * @throws UserError when that fails
   */
  NativeJudge() {
    try {
      Path folder = Files.createTempDirectory("ringside-compare");
      Path program = folder.resolve("judge");
      Process compiler =
          new ProcessBuilder("gcc", "-O2", "-o", program.toString(), SOURCE.toString())
              .inheritIO()
              .start();
      if (compiler.waitFor() != 0) {
        throw new UserError("gcc cannot compile " + SOURCE);
      }
      Path memory = Path.of("/dev/shm");
      Path file = Files.createTempFile(Files.isWritable(memory) ? memory : folder, "judge", "");
      try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
        shared = channel.map(READ_WRITE, 0, (long) SLOTS * (ORDER + ANSWER));
        shared.order(ByteOrder.LITTLE_ENDIAN);
      }
      process =
          new ProcessBuilder(program.toString(), file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      orders = process.getOutputStream();
      answers = process.getInputStream();
      ByteBuffer addresses = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      addresses.putLong(Layout.CODE).putLong(Layout.DATA).putLong(Layout.STACK);
      orders.write(addresses.array());
      orders.flush();
      program.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      folder.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException("the native judge", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public List<Verdict> run(List<Order> some) {
    for (int i = 0; i < some.size(); i++) {
      put(shared.slice(i * (ORDER + ANSWER), ORDER).order(ByteOrder.LITTLE_ENDIAN), some.get(i));
    }
    try {
      orders.write(some.size());
      orders.flush();
      if (answers.read() != some.size()) {
        throw new IOException("no answer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the native judge has died", e);
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      int at = i * (ORDER + ANSWER) + ORDER;
      verdicts.add(verdict(shared.slice(at, ANSWER).order(ByteOrder.LITTLE_ENDIAN)));
    }
    return verdicts;
  }

  private static void put(ByteBuffer order, Order o) {
    order.putLong(o.address()).putLong(o.code().length).putLong(o.state().rflags());
    for (long value : o.state().general()) {
      order.putLong(value);
    }
    order.put(o.state().fx()).put(o.state().memory()).put(o.code());
  }

  private static Verdict verdict(ByteBuffer answer) {
    int vector = (int) answer.getLong();
    long error = answer.getLong();
    long address = answer.getLong();
    long rip = answer.getLong();
    long rflags = answer.getLong();
    long[] general = new long[16];
    for (int i = 0; i < 16; i++) {
      general[i] = answer.getLong();
    }
    byte[] fx = new byte[Layout.FX];
    answer.get(fx);
    byte[] memory = new byte[Layout.MEMORY];
    answer.get(memory);
    return new Verdict(
        vector, error, address, rip, rflags, general, Verdict.comparable(fx), memory, -1);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
