package ringside.trace;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Every record of every family, found by reflection so that none can be forgotten. */
final class AnyEvent {
  static final List<Class<?>> RECORDS =
      Arrays.stream(TraceEvent.class.getPermittedSubclasses())
          .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
          .<Class<?>>map(c -> c)
          .toList();

  private AnyEvent() {}

  static Arbitrary<TraceEvent> arbitrary() {
    return Arbitraries.of(RECORDS).flatMap(AnyEvent::of);
  }

  static Arbitrary<TraceEvent> of(Class<?> type) {
    List<Arbitrary<Object>> parts = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      parts.add(part(component.getType()).asGeneric());
    }
    return parts.isEmpty()
        ? Arbitraries.just(make(type, List.of()))
        : Combinators.combine(parts).as(values -> make(type, values));
  }

  private static Arbitrary<?> part(Class<?> type) {
    if (type == int.class) {
      return Arbitraries.integers();
    } else if (type == long.class) {
      return Arbitraries.longs();
    } else if (type == boolean.class) {
      return Arbitraries.of(true, false);
    } else if (type == byte[].class) {
      return Arbitraries.bytes().array(byte[].class).ofMaxSize(80);
    } else if (type == String.class) {
      return Arbitraries.strings().withCharRange('\0', '\ud7ff').ofMaxLength(100);
    }
    throw new AssertionError("no arbitrary " + type);
  }

  private static TraceEvent make(Class<?> type, List<Object> values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return (TraceEvent) type.getDeclaredConstructor(types).newInstance(values.toArray());
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new AssertionError(e);
    }
  }
}
