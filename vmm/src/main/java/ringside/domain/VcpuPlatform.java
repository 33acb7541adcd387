package ringside.domain;

import ringside.cpu.Cpu;
import ringside.cpu.Cpuid;
import ringside.cpu.GeneralProtection;
import ringside.cpu.GuestException;
import ringside.cpu.Platform;
import ringside.trace.DeviceEvent;
import ringside.trace.FaultEvent;
import ringside.trace.MsrEvent;

/** What one vCPU's processor finds around it: routes each request to who answers it, and traces. */
final class VcpuPlatform implements Platform {
  private final Vcpu vcpu;
  private final Msrs msrs;

  VcpuPlatform(Vcpu vcpu) {
    this.vcpu = vcpu;
    this.msrs = new Msrs(vcpu);
  }

  private Domain domain() {
    return vcpu.domain();
  }

  private boolean on(String type) {
    return domain().machine().tracer().on(type);
  }

  /** Where several pCPUs run, {@link LockedPlatform} stands before it. */
  @Override
  public boolean oneThread() {
    return true;
  }

  @Override
  public void hypercall(Cpu cpu, int number) {
    domain().machine().hypercalls().dispatch(vcpu, number);
  }

  @Override
  public long portRead(Cpu cpu, int port, int size) {
    long value = domain().board().portRead(vcpu, port, size);
    if (on(DeviceEvent.PORT_READ)) {
      String device = domain().board().portOwner(port);
      domain().emit(0, vcpu.id(), new DeviceEvent.PortRead(device, port, size, value));
    }
    return value;
  }

  @Override
  public void portWrite(Cpu cpu, int port, int size, long value) {
    if (on(DeviceEvent.PORT_WRITE)) {
      String device = domain().board().portOwner(port);
      domain().emit(0, vcpu.id(), new DeviceEvent.PortWrite(device, port, size, value));
    }
    domain().board().portWrite(vcpu, port, size, value);
  }

  @Override
  public long mmioRead(Cpu cpu, long gpa, int size) {
    long value = domain().board().mmioRead(vcpu, gpa, size);
    if (on(DeviceEvent.MMIO_READ)) {
      String device = domain().board().mmioOwner(gpa);
      domain().emit(0, vcpu.id(), new DeviceEvent.MmioRead(device, gpa, size, value));
    }
    return value;
  }

  @Override
  public void mmioWrite(Cpu cpu, long gpa, int size, long value) {
    if (on(DeviceEvent.MMIO_WRITE)) {
      String device = domain().board().mmioOwner(gpa);
      long cause = vcpu.takeAnnounced();
      vcpu.announce(
          domain().emit(cause, vcpu.id(), new DeviceEvent.MmioWrite(device, gpa, size, value)));
    }
    domain().board().mmioWrite(vcpu, gpa, size, value);
    vcpu.announce(0);
  }

  @Override
  public Cpuid.Result cpuid(Cpu cpu, int leaf, int subleaf) {
    return CpuidPolicy.leaf(vcpu, leaf, subleaf);
  }

  @Override
  public long msrRead(Cpu cpu, int index) throws GeneralProtection {
    try {
      long value = msrs.read(index);
      trace(new MsrEvent.Read(index & 0xffff_ffffL, value, false), MsrEvent.READ);
      return value;
    } catch (GeneralProtection e) {
      trace(new MsrEvent.Read(index & 0xffff_ffffL, 0, true), MsrEvent.READ);
      throw e;
    }
  }

  @Override
  public void msrWrite(Cpu cpu, int index, long value) throws GeneralProtection {
    try {
      msrs.write(index, value);
      trace(new MsrEvent.Write(index & 0xffff_ffffL, value, false), MsrEvent.WRITE);
    } catch (GeneralProtection e) {
      trace(new MsrEvent.Write(index & 0xffff_ffffL, value, true), MsrEvent.WRITE);
      throw e;
    }
  }

  private void trace(MsrEvent event, String type) {
    if (on(type)) {
      domain().emit(0, vcpu.id(), event);
    }
  }

  @Override
  public long timestamp(Cpu cpu) {
    return domain().machine().clock().now();
  }

  @Override
  public boolean probe(Cpu cpu, long address) {
    return domain().probes().reached(vcpu, address);
  }

  @Override
  public void exceptionRaised(Cpu cpu, GuestException e) {
    vcpu.lastException(e);
    if (on(FaultEvent.EXCEPTION)) {
      domain()
          .emit(
              0,
              vcpu.id(),
              new FaultEvent.Exception(e.vector(), e.errorCode(), e.rip(), e.address()));
    }
  }
}
