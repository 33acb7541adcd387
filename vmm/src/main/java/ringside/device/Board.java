package ringside.device;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import ringside.domain.Domain;
import ringside.domain.Vcpu;

/**
 * The ports and the MMIO of one domain: who answers, and where.
 *
 * <p>Invariant: exactly one block answers an access, or none. Where none does, or where the access
 * does not lie inside one block, reads give all ones and writes are dropped, as on a bus without a
 * device. PIC, PIT, CMOS, HPET and IOAPIC are absent that way; the local APICs are always there.
 */
public final class Board {
  /** IA32_APIC_BASE after reset. */
  public static final long LAPIC_GPA = 0xfee0_0000L;

  private static final int PORTS = 0x1_0000;
  private static final int PAGE = 4096;
  private static final String NOBODY = "none";

  private final AddressMap ports = new AddressMap();
  private final AddressMap mmio = new AddressMap();
  private final ImmutableList<LocalApic> lapics;
  private final List<Runnable> stops = new ArrayList<>();

  public Board(Domain domain) {
    ImmutableList.Builder<LocalApic> builder = ImmutableList.builder();
    for (int i = 0; i < domain.config().vcpus(); i++) {
      builder.add(new LocalApic(domain, i));
    }
    lapics = builder.build();
    addMmio(LAPIC_GPA, PAGE, new LapicWindow());
  }

  /**
   * @throws IllegalArgumentException when the ports do not exist or another device has one of them
   */
  public void addPorts(int first, int count, RegisterBlock block) {
    ports.add(first, count, block, PORTS);
  }

  /**
   * @throws IllegalArgumentException when another device has one of the addresses
   */
  public void addMmio(long gpa, long length, RegisterBlock block) {
    mmio.add(gpa, length, block, Long.MAX_VALUE);
  }

  /** Takes away what {@link #addMmio} put at an address. */
  public void removeMmio(long gpa) {
    mmio.remove(gpa);
  }

  /** Whether a device could be put there. Memory is not asked about: it always comes first. */
  public boolean mmioFree(long gpa, long length) {
    return mmio.free(gpa, length);
  }

  /**
   * A message-signalled interrupt (Intel SDM vol. 3, section 11.11): fixed or lowest priority
   * delivery, physical or flat logical destination. Others are dropped.
   *
   * @param address 0xfeexxxxx; bits 19:12 name the destination, bit 2 says in which way
   * @param data vector in bits 7:0, delivery mode in bits 10:8
   */
  public void message(long address, int data, long cause) {
    boolean lowestPriority = (data >>> 8 & 7) == 1;
    if (address >>> 20 != 0xfee || (data >>> 8 & 7) > 1) {
      return;
    }
    int destination = (int) (address >>> 12) & 0xff;
    boolean logical = (address & 4) != 0;
    for (LocalApic target : lapics) {
      if (logical
          ? target.inFlatSet(destination)
          : destination == 0xff || target.id() == destination) {
        target.message(data & 0xff, cause);
        if (lowestPriority) {
          return;
        }
      }
    }
  }

  /** Lets somebody hear when the domain stops: see {@link #quiesce}. */
  public void onStop(Runnable action) {
    stops.add(action);
  }

  /** The domain has stopped: what its devices have under way for it is cancelled. */
  public void quiesce() {
    stops.forEach(Runnable::run);
  }

  public LocalApic lapic(Vcpu vcpu) {
    return lapics.get(vcpu.id());
  }

  /** Of all vCPUs, in their order. */
  ImmutableList<LocalApic> lapics() {
    return lapics;
  }

  public long portRead(Vcpu vcpu, int port, int size) {
    return read(ports, vcpu, port, size);
  }

  public void portWrite(Vcpu vcpu, int port, int size, long value) {
    write(ports, vcpu, port, size, value);
  }

  public long mmioRead(Vcpu vcpu, long gpa, int size) {
    return read(mmio, vcpu, gpa, size);
  }

  public void mmioWrite(Vcpu vcpu, long gpa, int size, long value) {
    write(mmio, vcpu, gpa, size, value);
  }

  /** Name of the device at a port, or "none". */
  public String portOwner(int port) {
    return owner(ports, port);
  }

  /** Name of the device at an address, or "none". */
  public String mmioOwner(long gpa) {
    return owner(mmio, gpa);
  }

  /** Puts every device that can be reset into its state at power-on. */
  public void reset() {
    lapics.forEach(LocalApic::reset);
    for (AddressMap map : ImmutableList.of(ports, mmio)) {
      for (AddressMap.Range range : map.all()) {
        if (range.block() instanceof Resettable device) {
          device.reset();
        }
      }
    }
  }

  private static long read(AddressMap map, Vcpu vcpu, long address, int size) {
    long ones = -1L >>> 64 - 8 * size;
    AddressMap.Range range = map.find(address, size);
    return range == null ? ones : range.block().read(vcpu, address - range.start(), size) & ones;
  }

  private static void write(AddressMap map, Vcpu vcpu, long address, int size, long value) {
    AddressMap.Range range = map.find(address, size);
    if (range != null) {
      range.block().write(vcpu, address - range.start(), size, value);
    }
  }

  private static String owner(AddressMap map, long address) {
    AddressMap.Range range = map.find(address, 1);
    return range == null ? NOBODY : range.block().name();
  }

  /** The one address at which each vCPU sees its own local APIC. */
  private final class LapicWindow implements RegisterBlock {
    @Override
    public String name() {
      return "lapic";
    }

    @Override
    public long read(Vcpu vcpu, long offset, int size) {
      return lapic(vcpu).read(offset, size);
    }

    @Override
    public void write(Vcpu vcpu, long offset, int size, long value) {
      lapic(vcpu).write(offset, size, value);
    }
  }
}
