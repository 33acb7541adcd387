package ringside.probe;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import ringside.cpu.Register;
import ringside.domain.Domain;
import ringside.domain.Vcpu;
import ringside.memory.GuestFault;
import ringside.memory.Gva;

/**
 * The probes of one domain that somebody wants, and who.
 *
 * <p>Invariant: sites are sorted by address, each address is there once; {@code wanting} has the
 * listeners of the site at the same index, in the order in which they joined.
 */
public final class ProbeWatch {
  private final long[] addresses;
  private final ProbeSite[] sites;
  private final ImmutableList<ImmutableList<ProbeListener>> wanting;

  private ProbeWatch(ProbeSite[] sites, ImmutableList<ImmutableList<ProbeListener>> wanting) {
    this.sites = sites;
    this.wanting = wanting;
    this.addresses = Arrays.stream(sites).mapToLong(ProbeSite::address).toArray();
  }

  /** Asks all listeners what they want of the domain's image. */
  public static ProbeWatch of(Domain domain, ImmutableList<ProbeListener> listeners) {
    if (listeners.isEmpty()) {
      return new ProbeWatch(new ProbeSite[0], ImmutableList.of());
    }
    ProbeSite[] sites =
        domain.config().kernel().probes().stream()
            .filter(site -> listeners.stream().anyMatch(l -> l.wants(domain, site.name())))
            .sorted(Comparator.comparingLong(ProbeSite::address))
            .toArray(ProbeSite[]::new);
    ImmutableList.Builder<ImmutableList<ProbeListener>> wanting = ImmutableList.builder();
    for (ProbeSite site : sites) {
      wanting.add(
          listeners.stream()
              .filter(l -> l.wants(domain, site.name()))
              .collect(ImmutableList.toImmutableList()));
    }
    return new ProbeWatch(sites, wanting.build());
  }

  /** Where {@link ringside.cpu.Cpu#watch} is to look. */
  public ImmutableLongArray addresses() {
    return ImmutableLongArray.copyOf(addresses);
  }

  /** A vCPU has come to one of the addresses; true when it must not go on there. */
  public boolean reached(Vcpu vcpu, long address) {
    int index = Arrays.binarySearch(addresses, address);
    if (index < 0) {
      return false;
    }
    ProbeSite site = sites[index];
    long[] arguments = new long[site.operands().size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = read(vcpu, site.operands().get(i));
    }
    boolean leave = false;
    for (ProbeListener listener : wanting.get(index)) {
      leave |= listener.reached(vcpu, site, arguments);
    }
    return leave;
  }

  private static long read(Vcpu vcpu, ProbeOperand operand) {
    return switch (operand) {
      case ProbeOperand.Immediate(long value) -> value;
      case ProbeOperand.InRegister(Register register, int size) ->
          vcpu.cpu().get(register) & ProbeOperand.mask(size);
      case ProbeOperand.InMemory place -> read(vcpu, place);
    };
  }

  private static long read(Vcpu vcpu, ProbeOperand.InMemory place) {
    long address = place.displacement();
    if (place.base() != null) {
      address += vcpu.cpu().get(place.base());
    }
    if (place.index() != null) {
      address += vcpu.cpu().get(place.index()) * place.scale();
    }
    byte[] bytes = new byte[8];
    try {
      vcpu.memory().read(new Gva(address), bytes, 0, place.size());
    } catch (GuestFault e) {
      return 0; // as ProbeListener.reached says: the guest's own stack or data is not there
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
