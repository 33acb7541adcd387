package ringside.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ringside.cli.Json;
import ringside.cli.UserError;

/** Both ends of a process that measures in turns: each against a plain one. */
@Timeout(60)
class TurnProcessTest {
  record Turn(int number, List<Double> values) {}

  private static TurnProcess<Turn> shell(String script) {
    return new TurnProcess<>(List.of("sh", "-c", script), Turn.class);
  }

  @Test
  void eachTurnIsAskedForAndRead() {
    String script =
        """
        turn=1
        while read nothing; do
          printf '{\\n "number": %d,\\n "values": [1.5]\\n}\\n\\n' $turn
          turn=$((turn + 1))
        done
        """;
    try (TurnProcess<Turn> process = shell(script)) {
      for (int turn = 1; turn <= 3; turn++) {
        assertEquals(new Turn(turn, List.of(1.5)), process.next());
      }
    }
  }

  @Test
  void aProcessThatEndsIsAnError() {
    for (String script : List.of("exit 0", "read nothing; echo '{ \"number\":'; exit 3")) {
      try (TurnProcess<Turn> process = shell(script)) {
        UserError error = assertThrows(UserError.class, process::next);
        assertTrue(error.getMessage().contains("sh -c " + script + " ended"), error.getMessage());
      }
    }
  }

  @Test
  void whatItSaysIsWhatTheOtherEndReads() {
    StringWriter said = new StringWriter();
    ByteArrayInputStream twice = new ByteArrayInputStream("\n\n".getBytes(StandardCharsets.UTF_8));
    Predicate<Turn> answer = TurnProcess.answering(twice, new PrintWriter(said));
    List<Turn> turns = List.of(new Turn(1, List.of()), new Turn(2, List.of(0.25, 4.0)));
    assertTrue(answer.test(turns.getFirst()));
    assertFalse(answer.test(turns.getLast()));
    List<Turn> heard =
        Stream.of(said.toString().split("\n\n")).map(j -> Json.read(j, Turn.class)).toList();
    assertEquals(turns, heard);
  }
}
