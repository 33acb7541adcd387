package ringside.domain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import ringside.cpu.GuestException;
import ringside.cpu.Register;
import ringside.memory.GuestFault;
import ringside.memory.Gva;

/**
 * What can be said of a vCPU at the moment its domain crashed. Taken once, with everything in it,
 * so that it stays true when the domain is gone.
 *
 * @param what one sentence: why the domain crashed
 * @param place symbol of RIP, if the image has one there
 * @param code up to 15 bytes at RIP, as far as they are mapped
 * @param exception the last exception that the vCPU met, if any
 * @param stack return addresses from the frame pointer chain, innermost first
 */
public record CrashReport(
    int domain,
    String name,
    int vcpu,
    long time,
    String what,
    long rip,
    Optional<ElfImage.Place> place,
    byte[] code,
    int cpl,
    ImmutableMap<Register, Long> registers,
    Optional<GuestException> exception,
    ImmutableList<StackEntry> stack) {
  private static final int MAX_STACK = 16;
  private static final int MAX_INSTRUCTION = 15;

  /** A return address and what is there. */
  public record StackEntry(long address, Optional<ElfImage.Place> place) {}

  static CrashReport of(Vcpu vcpu, String what) {
    Domain domain = vcpu.domain();
    ElfImage image = domain.config().kernel();
    ImmutableMap.Builder<Register, Long> registers = ImmutableMap.builder();
    for (Register register : Register.values()) {
      registers.put(register, vcpu.cpu().get(register));
    }
    long rip = vcpu.cpu().get(Register.RIP);
    return new CrashReport(
        domain.id(),
        domain.name(),
        vcpu.id(),
        domain.machine().clock().now(),
        what,
        rip,
        image.locate(rip),
        code(vcpu, rip),
        vcpu.cpu().cpl(),
        registers.buildOrThrow(),
        Optional.ofNullable(vcpu.lastException()),
        stack(vcpu, image));
  }

  private static byte[] code(Vcpu vcpu, long rip) {
    for (int length = MAX_INSTRUCTION; length > 0; length--) {
      try {
        return vcpu.memory().read(new Gva(rip), length);
      } catch (GuestFault e) {
        continue; // RIP near or on an unmapped page: shows fewer bytes
      }
    }
    return new byte[0];
  }

  /** Follows saved frame pointers upwards as long as they rise and are mapped. */
  private static ImmutableList<StackEntry> stack(Vcpu vcpu, ElfImage image) {
    ImmutableList.Builder<StackEntry> entries = ImmutableList.builder();
    int word = vcpu.width().longBytes();
    long frame = vcpu.cpu().get(Register.RBP);
    for (int i = 0; i < MAX_STACK; i++) {
      try {
        long next = word(vcpu, frame, word);
        long back = word(vcpu, frame + word, word);
        if (back == 0) {
          break;
        }
        entries.add(new StackEntry(back, callBefore(image, back)));
        if (Long.compareUnsigned(next, frame) <= 0) {
          break;
        }
        frame = next;
      } catch (GuestFault e) {
        break; // the chain ends where memory does
      }
    }
    return entries.build();
  }

  /** A call may be the last instruction of its function: look up the call, not what follows it. */
  private static Optional<ElfImage.Place> callBefore(ElfImage image, long back) {
    return image.locate(back - 1).map(p -> new ElfImage.Place(p.symbol(), p.offset() + 1));
  }

  private static long word(Vcpu vcpu, long address, int size) throws GuestFault {
    byte[] bytes = vcpu.memory().read(new Gva(address), size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }
}
