package ringside.cli.run;

import com.google.common.collect.ImmutableList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.domain.CrashReport;
import ringside.domain.ElfImage;
import ringside.domain.Outcome;
import ringside.fault.RecoveryReport;
import ringside.trace.TraceWriter;

/** The end of a run as JSON. Addresses and registers are texts in hexadecimal. */
public record ResultJson(
    String system,
    boolean ok,
    String end,
    long seed,
    String engine,
    String engineVersion,
    long virtualTimeNs,
    List<DomainJson> domains,
    List<RecoveryReport> recoveries,
    List<String> faultsNotReached,
    TraceJson trace) {

  record TraceJson(String file, long events, long lost) {}

  record DomainJson(
      int domid,
      String name,
      String kernel,
      int memory,
      int vcpus,
      boolean ok,
      String outcome,
      String detail,
      String verdict,
      long stoppedNs,
      int restarts,
      List<String> console,
      CrashJson crash) {}

  record PlaceJson(String address, String symbol) {}

  record CrashJson(
      int vcpu,
      long timeNs,
      String what,
      String exception,
      String rip,
      String symbol,
      String code,
      int cpl,
      SortedMap<String, String> registers,
      List<PlaceJson> stack) {}

  /**
   * @param trace what was recorded; null for nothing
   */
  public static ResultJson of(RunResult result, TraceWriter trace) {
    return new ResultJson(
        result.system().name(),
        result.well(),
        lower(result.end()),
        result.system().seed(),
        result.engine(),
        result.engineVersion(),
        result.virtualNs(),
        result.domains().stream().map(ResultJson::domain).collect(ImmutableList.toImmutableList()),
        result.recoveries(),
        result.faultsNotReached(),
        trace == null ? null : new TraceJson(trace.name(), trace.records(), trace.lost()));
  }

  private static DomainJson domain(DomainResult result) {
    Outcome outcome = result.outcome().orElse(null);
    return new DomainJson(
        result.domain().domid(),
        result.domain().name(),
        result.domain().kernelPath(),
        result.domain().memoryMib(),
        result.domain().vcpus(),
        result.well(),
        outcome == null ? "running" : lower(outcome.reason()),
        outcome == null ? "it never stopped" : outcome.detail(),
        outcome == null ? null : lower(outcome.verdict()),
        result.stoppedNs(),
        result.restarts(),
        result.console(),
        outcome == null ? null : outcome.crash().map(ResultJson::crash).orElse(null));
  }

  private static CrashJson crash(CrashReport report) {
    SortedMap<String, String> registers = new TreeMap<>();
    report.registers().forEach((name, value) -> registers.put(lower(name), hex(value)));
    return new CrashJson(
        report.vcpu(),
        report.time(),
        report.what(),
        report.exception().map(Object::toString).orElse(null),
        hex(report.rip()),
        report.place().map(Object::toString).orElse(null),
        HexFormat.of().formatHex(report.code()),
        report.cpl(),
        registers,
        report.stack().stream()
            .map(entry -> place(entry.address(), entry.place().orElse(null)))
            .collect(ImmutableList.toImmutableList()));
  }

  private static PlaceJson place(long address, ElfImage.Place place) {
    return new PlaceJson(hex(address), place == null ? null : place.toString());
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
