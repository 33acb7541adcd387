package ringside.cli.run;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ringside.cli.Duration;
import ringside.cli.image.Capstone;
import ringside.cpu.Register;
import ringside.domain.CrashReport;
import ringside.domain.ElfImage;

/** A crash report as lines for people. */
final class CrashText {
  private static final List<Register> GENERAL =
      List.of(
          Register.RAX,
          Register.RBX,
          Register.RCX,
          Register.RDX,
          Register.RSI,
          Register.RDI,
          Register.RBP,
          Register.RSP,
          Register.R8,
          Register.R9,
          Register.R10,
          Register.R11,
          Register.R12,
          Register.R13,
          Register.R14,
          Register.R15,
          Register.RIP,
          Register.RFLAGS,
          Register.CR0,
          Register.CR2,
          Register.CR3,
          Register.CR4,
          Register.EFER);

  private static final int PER_LINE = 4;

  private CrashText() {}

  static List<String> lines(CrashReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("%s crashed: %s".formatted(report.name(), report.what()));
    lines.add(
        "  domain %d, vCPU %d, at %s, privilege level %d"
            .formatted(report.domain(), report.vcpu(), Duration.text(report.time()), report.cpl()));
    lines.add("  instruction  " + place(report.rip(), report.place()) + instruction(report));
    report.exception().ifPresent(e -> lines.add("  last exception  " + e));
    addRegisters(report, lines);
    if (!report.stack().isEmpty()) {
      lines.add("  called from");
      report.stack().forEach(e -> lines.add("    " + place(e.address(), e.place())));
    }
    return lines;
  }

  private static String place(long address, Optional<ElfImage.Place> place) {
    return "0x%x".formatted(address) + place.map(p -> " <" + p + ">").orElse("");
  }

  private static String instruction(CrashReport report) {
    if (report.code().length == 0) {
      return ": not mapped";
    }
    int bits = (report.registers().get(Register.EFER) & 1 << 10) != 0 ? 64 : 32;
    return Capstone.find()
        .flatMap(c -> c.first(report.code(), report.rip(), bits))
        .map(i -> ": " + i.text())
        .orElseGet(() -> ": bytes " + HexFormat.ofDelimiter(" ").formatHex(report.code()));
  }

  private static void addRegisters(CrashReport report, List<String> lines) {
    StringBuilder line = new StringBuilder();
    int count = 0;
    for (Register register : GENERAL) {
      line.append(" %6s %016x".formatted(name(register), report.registers().get(register)));
      if (++count % PER_LINE == 0 || count == GENERAL.size()) {
        lines.add(" " + line);
        line.setLength(0);
      }
    }
  }

  private static String name(Register register) {
    return register.name().toLowerCase(Locale.ROOT);
  }
}
