package ringside.cli.system;

import com.google.common.primitives.Longs;
import java.util.Arrays;
import java.util.List;
import ringside.cli.Duration;
import ringside.cli.Suggestion;
import ringside.fault.Fault;
import ringside.fault.FaultKind;
import ringside.fault.FaultTime;
import ringside.trace.EventTypes;

/**
 * A fault as it is written: {@code WHAT:WHEN}, where WHAT is a {@link FaultKind} and WHEN one of
 * {@code at=SPAN}, {@code every=SPAN}, {@code probe=NAME#N}, {@code instruction=N} and {@code
 * event=TYPE#N}; without {@code #N} the first is meant.
 */
final class FaultText {
  static final ListType<Fault> LIST =
      new ListType<>("list of faults", "[\"kill:at=200ms\"]", FaultText::parse);

  private static final List<String> TIMES = List.of("at", "every", "probe", "instruction", "event");

  private FaultText() {}

  /**
   * @throws IllegalArgumentException with what would be right
   */
  static Fault parse(String text) {
    int colon = text.indexOf(':');
    int equals = text.indexOf('=', colon);
    if (colon < 0 || equals < 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no fault like kill:at=200ms or kill:probe=ring_enqueue#3");
    }
    return new Fault(
        kind(text.substring(0, colon)),
        time(text.substring(colon + 1, equals), text.substring(equals + 1)));
  }

  private static FaultKind kind(String text) {
    List<String> names = Arrays.stream(FaultKind.values()).map(FaultKind::toString).toList();
    int index = names.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no fault; " + Suggestion.hint(text, names));
    }
    return FaultKind.values()[index];
  }

  private static FaultTime time(String name, String value) {
    return switch (name) {
      case "at" -> new FaultTime.At(Duration.parse(value));
      case "every" -> new FaultTime.Every(positive(name, Duration.parse(value)));
      case "instruction" -> new FaultTime.AtInstruction(positive(name, Longs.tryParse(value)));
      case "probe" -> new FaultTime.AtProbe(what(value), count(value));
      case "event" -> new FaultTime.AtEvent(eventType(what(value)), count(value));
      default ->
          throw new IllegalArgumentException(
              "\"" + name + "\" is no time of a fault; " + Suggestion.hint(name, TIMES));
    };
  }

  private static String what(String value) {
    int hash = value.indexOf('#');
    return hash < 0 ? value : value.substring(0, hash);
  }

  private static long count(String value) {
    int hash = value.indexOf('#');
    return hash < 0
        ? 1
        : positive("the number behind #", Longs.tryParse(value.substring(hash + 1)));
  }

  private static String eventType(String type) {
    if (!EventTypes.ALL.contains(type)) {
      throw new IllegalArgumentException(
          "\"" + type + "\" is no event; " + Suggestion.hint(type, EventTypes.ALL));
    }
    return type;
  }

  private static long positive(String what, Long value) {
    if (value == null || value < 1) {
      throw new IllegalArgumentException(what + " must be a whole number from 1");
    }
    return value;
  }
}
