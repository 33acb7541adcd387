package ringside.cli.trace;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import ringside.abi.Abi;
import ringside.abi.AbiSyntaxError;
import ringside.analysis.EventDecoder;
import ringside.trace.TraceEnd;
import ringside.trace.TraceFormatException;
import ringside.trace.TraceReader;

/**
 * What the verbs share: results go to the command line's out, messages to its err; the exit code is
 * 0, 1 for a difference that was found, 2 for input that is wrong.
 */
abstract class TraceVerb implements Callable<Integer> {
  static final int OK = 0;
  static final int DIFFERENT = 1;
  static final int WRONG_INPUT = 2;

  /** Input that cannot be used; the message says which, where, and what to do. */
  static final class WrongInput extends Exception {
    private static final long serialVersionUID = 1;

    WrongInput(String message) {
      super(message);
    }
  }

  @Spec private CommandSpec spec;

  abstract int run() throws WrongInput, IOException;

  @Override
  public final Integer call() {
    try {
      return run();
    } catch (WrongInput | IOException e) {
      complain(e instanceof WrongInput ? e.getMessage() : reason((IOException) e));
      return WRONG_INPUT;
    } finally {
      out().flush();
    }
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** One line on the standard error output. */
  final void complain(String message) {
    spec.commandLine().getErr().println(message);
  }

  static TraceReader open(Path file) throws WrongInput {
    try {
      return TraceReader.open(file);
    } catch (IOException e) {
      throw new WrongInput(reason(e));
    } catch (TraceFormatException e) {
      throw new WrongInput(
          file + ": " + e.getMessage() + "; record one with: ringside boot --trace-out FILE");
    }
  }

  final EventDecoder decoder(Path file, TraceReader reader) {
    try {
      return EventDecoder.of(reader.header());
    } catch (AbiSyntaxError e) {
      complain(
          file
              + ": using this build's ABI table, since that of the file is wrong: "
              + e.getMessage());
      return new EventDecoder(Abi.xen());
    }
  }

  /** Says what is wrong with a file that was read to its end; the exit code that follows. */
  final int report(Path file, TraceReader reader) {
    TraceEnd end = reader.end();
    if (!end.complete() || end.lost() > 0) {
      complain(file + ": " + end);
    }
    return end.state() == TraceEnd.State.CORRUPT ? WRONG_INPUT : OK;
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }
}
