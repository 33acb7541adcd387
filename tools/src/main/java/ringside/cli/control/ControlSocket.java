package ringside.cli.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import ringside.domain.Machine;

/**
 * The socket at which a running system can be asked and told things.
 *
 * <p>Invariant: requests touch the machine on its own thread only, between two decisions of its
 * loop; a request that comes after the run is over is answered, too. One connection at a time, one
 * request each. Asking changes nothing; what is told makes the run differ from one of the same
 * seed.
 */
public final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
  private static final int MAX_LINE = 65_536;

  private final Path file;
  private final ServerSocketChannel channel;
  private final CompletableFuture<Machine> machine = new CompletableFuture<>();
  private final CompletableFuture<Reply> over = new CompletableFuture<>();

  private ControlSocket(Path file, ServerSocketChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens the socket of this process's run of a system. */
  public static ControlSocket open(String system) throws IOException {
    Path file = ControlFolder.socket(ControlFolder.make(), system);
    Files.deleteIfExists(file);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(file));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    ControlSocket socket = new ControlSocket(file, channel);
    Thread.ofPlatform().daemon().name("control").start(socket::serve);
    return socket;
  }

  /** Requests are for this machine, which runs from now on. */
  public void serves(Machine running) {
    machine.complete(running);
  }

  private void serve() {
    while (channel.isOpen()) {
      try (SocketChannel connection = channel.accept()) {
        String line = readLine(connection);
        if (line != null) {
          write(connection, ControlJson.write(answer(line)) + "\n");
        }
      } catch (AsynchronousCloseException e) {
        LOG.debug("{} is closed", file);
      } catch (ClosedChannelException e) {
        LOG.debug("{} was closed", file);
      } catch (IOException e) {
        LOG.warn("{}: {}", file, e.getMessage());
      }
    }
  }

  private Reply answer(String line) {
    Request request;
    try {
      request = ControlJson.read(line, Request.class);
    } catch (JsonProcessingException e) {
      return new Reply("no request: " + e.getOriginalMessage(), null);
    }
    CompletableFuture<Reply> reply =
        machine.thenCompose(
            running -> {
              CompletableFuture<Reply> made = new CompletableFuture<>();
              running.atNextDecision(() -> made.complete(ControlVerbs.carryOut(running, request)));
              return made;
            });
    try {
      return (Reply) CompletableFuture.anyOf(reply, over).get();
    } catch (ExecutionException e) {
      return new Reply("it went wrong: " + e.getCause(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply("the run is ending", null);
    }
  }

  private static String readLine(SocketChannel connection) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c != '\n'; c = reader.read()) {
      if (c < 0 || line.length() == MAX_LINE) {
        return null;
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static void write(SocketChannel connection, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    over.complete(new Reply("the run is over", null));
    channel.close();
    Files.deleteIfExists(file);
  }
}
