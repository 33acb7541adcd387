package ringside.trace;

import java.util.List;

/** Port and memory-mapped I/O that the hypervisor carried out for a guest. */
public sealed interface DeviceEvent extends TraceEvent {
  String PORT_READ = "device.port_read";
  String PORT_WRITE = "device.port_write";
  String MMIO_READ = "device.mmio_read";
  String MMIO_WRITE = "device.mmio_write";

  /** Every type of this family. */
  List<String> TYPES = List.of(PORT_READ, PORT_WRITE, MMIO_READ, MMIO_WRITE);

  /**
   * @param device name of who answered, or none
   * @param size bytes
   */
  record PortRead(String device, long port, int size, long value) implements DeviceEvent {
    @Override
    public String type() {
      return PORT_READ;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("device", device).hex("port", port).u8("size", size).hex("value", value);
    }
  }

  /**
   * @param device name of who took it, or none
   * @param size bytes
   */
  record PortWrite(String device, long port, int size, long value) implements DeviceEvent {
    @Override
    public String type() {
      return PORT_WRITE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("device", device).hex("port", port).u8("size", size).hex("value", value);
    }
  }

  /**
   * @param address guest physical
   * @param size bytes
   */
  record MmioRead(String device, long address, int size, long value) implements DeviceEvent {
    @Override
    public String type() {
      return MMIO_READ;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("device", device).hex("address", address).u8("size", size).hex("value", value);
    }
  }

  /**
   * @param address guest physical
   * @param size bytes
   */
  record MmioWrite(String device, long address, int size, long value) implements DeviceEvent {
    @Override
    public String type() {
      return MMIO_WRITE;
    }

    @Override
    public void fields(FieldSink sink) {
      sink.text("device", device).hex("address", address).u8("size", size).hex("value", value);
    }
  }
}
