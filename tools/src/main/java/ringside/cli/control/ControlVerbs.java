package ringside.cli.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.domain.Domain;
import ringside.domain.Machine;
import ringside.domain.Vcpu;
import ringside.ivmc.Channels;

/** Carries out requests. Runs on the machine's thread, between two decisions. */
final class ControlVerbs {
  private ControlVerbs() {}

  static Reply carryOut(Machine machine, Request request) {
    return switch (request.verb()) {
      case DOMAINS -> new Reply(null, ControlJson.tree(domains(machine)));
      case KILL -> kill(machine, request.domain());
      case CHANNELS -> new Reply(null, ControlJson.tree(channels(machine)));
    };
  }

  private static MachineView domains(Machine machine) {
    List<MachineView.DomainView> all = new ArrayList<>();
    for (Domain domain : machine.domains()) {
      List<String> vcpus = domain.vcpus().stream().map(ControlVerbs::state).toList();
      all.add(
          new MachineView.DomainView(
              domain.id(), domain.name(), domain.config().memoryMib(), domain.running(), vcpus));
    }
    return new MachineView(machine.clock().now(), all);
  }

  private static List<ChannelReport> channels(Machine machine) {
    long now = machine.clock().now();
    return Channels.of(machine).stream().map(found -> ChannelReport.of(found, now)).toList();
  }

  private static String state(Vcpu vcpu) {
    return vcpu.runState().name().toLowerCase(Locale.ROOT);
  }

  private static Reply kill(Machine machine, String name) {
    for (Domain domain : machine.domains()) {
      if (domain.name().equals(name) && domain.running()) {
        machine.kill(domain, "killed by ringside kill");
        return new Reply(null, ControlJson.tree(domains(machine)));
      }
    }
    return new Reply("no domain \"" + name + "\" is running", null);
  }
}
