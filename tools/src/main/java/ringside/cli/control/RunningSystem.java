package ringside.cli.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import ringside.cli.Suggestion;
import ringside.cli.UserError;

/** A system that another process runs, as seen from here. */
public final class RunningSystem {
  private final Path socket;

  private RunningSystem(Path socket) {
    this.socket = socket;
  }

  /** All that run as this user, by name. */
  public static List<RunningSystem> all() {
    try {
      return ControlFolder.sockets().stream().map(RunningSystem::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one that is meant by a name, or by a process id. */
  public static RunningSystem named(String what) {
    List<RunningSystem> all = all();
    List<RunningSystem> meant =
        all.stream()
            .filter(s -> s.name().equals(what) || String.valueOf(s.pid()).equals(what))
            .toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    if (meant.size() > 1) {
      String pids = String.join(", ", meant.stream().map(s -> String.valueOf(s.pid())).toList());
      throw new UserError(
          "\"" + what + "\" runs " + meant.size() + " times", "give one of the PIDs: " + pids);
    }
    List<String> names = all.stream().map(RunningSystem::name).toList();
    throw new UserError(
        "no system \"" + what + "\" is running",
        names.isEmpty() ? "none is; boot one in another terminal" : Suggestion.hint(what, names));
  }

  public String name() {
    return ControlFolder.system(socket);
  }

  public long pid() {
    return ControlFolder.pid(socket);
  }

  /** Its domains and their states. */
  public MachineView domains() {
    return ControlJson.value(ask(new Request(Request.Verb.DOMAINS, null)), MachineView.class);
  }

  /** Crashes a domain on the spot; what follows is its on_crash. */
  public void kill(String domain) {
    ask(new Request(Request.Verb.KILL, domain));
  }

  /** What its IVMC channels look like. */
  public List<ChannelReport> channels() {
    JsonNode all = ask(new Request(Request.Verb.CHANNELS, null));
    return List.of(ControlJson.value(all, ChannelReport[].class));
  }

  private JsonNode ask(Request request) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String line = ControlJson.write(request) + "\n";
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      String answer = reader.readLine();
      if (answer == null) {
        throw new UserError(name() + ": it ended before it answered");
      }
      Reply reply = ControlJson.read(answer, Reply.class);
      if (reply.error() != null) {
        throw new UserError(name() + ": " + reply.error());
      }
      return reply.result();
    } catch (IOException e) {
      throw new UserError(name() + " (process " + pid() + ") cannot be reached: " + e.getMessage());
    }
  }
}
