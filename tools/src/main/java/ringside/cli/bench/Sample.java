package ringside.cli.bench;

import com.google.common.math.Quantiles;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one thing.
 *
 * @param unit of every value
 * @param low first quartile
 * @param high third quartile
 */
public record Sample(
    String name,
    String unit,
    double median,
    double low,
    double high,
    List<Double> values,
    String how) {

  static Sample of(String name, String unit, List<Double> values, String how) {
    Map<Integer, Double> quartiles = Quantiles.quartiles().indexes(1, 2, 3).compute(values);
    return new Sample(
        name, unit, quartiles.get(2), quartiles.get(1), quartiles.get(3), values, how);
  }

  /** What could not be measured here, or came out wrong; with the reason, and without values. */
  static Sample none(String name, String unit, String reason) {
    return new Sample(name, unit, 0, 0, 0, List.of(), "not measured: " + reason);
  }
}
