package ringside.cpu.jvm.translate;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether this JVM compiles methods of more than 8,000 bytes, which HotSpot does with {@code
 * -XX:-DontCompileHugeMethods}. Asked for late, and off the way of guest code: the answer takes
 * some ten milliseconds.
 */
final class HugeMethods {
  static final boolean COMPILED = compiled();

  private HugeMethods() {}

  /** False, too, where a JVM knows no such option. */
  private static boolean compiled() {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (hotSpot == null) {
      return false;
    }
    try {
      return hotSpot.getVMOption("DontCompileHugeMethods").getValue().equals("false");
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }
}
