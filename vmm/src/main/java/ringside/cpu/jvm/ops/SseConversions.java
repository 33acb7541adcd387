package ringside.cpu.jvm.ops;

import static ringside.cpu.jvm.ops.FloatFormat.DOUBLE;
import static ringside.cpu.jvm.ops.FloatFormat.SINGLE;
import static ringside.cpu.x86.Mnemonic.*;

import java.util.Map;
import ringside.cpu.jvm.Core;
import ringside.cpu.jvm.Op;
import ringside.cpu.jvm.Operands;
import ringside.cpu.x86.Arg;
import ringside.cpu.x86.Insn;
import ringside.cpu.x86.Mnemonic;

/** Conversions between SSE numbers and integers, and between the two precisions. */
public final class SseConversions {
  /** One element to one element. */
  @FunctionalInterface
  private interface Element {
    long apply(FloatStatus s, long x);
  }

  private static final Element SINGLE_TO_DOUBLE = (s, x) -> convert(s, SINGLE, DOUBLE, x);
  private static final Element DOUBLE_TO_SINGLE = (s, x) -> convert(s, DOUBLE, SINGLE, x);
  private static final Element INT_TO_SINGLE = (s, x) -> ofInteger(s, SINGLE, (int) x);
  private static final Element INT_TO_DOUBLE = (s, x) -> ofInteger(s, DOUBLE, (int) x);

  private SseConversions() {}

  /** Adds the operations of this family. */
  public static void register(Map<Mnemonic, Op> into) {
    into.put(CVTDQ2PS, vector(4, 4, 4, INT_TO_SINGLE));
    into.put(CVTDQ2PD, vector(4, 8, 2, INT_TO_DOUBLE));
    into.put(CVTPS2PD, vector(4, 8, 2, SINGLE_TO_DOUBLE));
    into.put(CVTPD2PS, vector(8, 4, 2, DOUBLE_TO_SINGLE));
    into.put(CVTPS2DQ, vector(4, 4, 4, toInt(SINGLE, false)));
    into.put(CVTTPS2DQ, vector(4, 4, 4, toInt(SINGLE, true)));
    into.put(CVTPD2DQ, vector(8, 4, 2, toInt(DOUBLE, false)));
    into.put(CVTTPD2DQ, vector(8, 4, 2, toInt(DOUBLE, true)));
    into.put(CVTSS2SD, scalar(4, 8, SINGLE_TO_DOUBLE));
    into.put(CVTSD2SS, scalar(8, 4, DOUBLE_TO_SINGLE));
    into.put(CVTSI2SS, fromGeneral(SINGLE));
    into.put(CVTSI2SD, fromGeneral(DOUBLE));
    into.put(CVTSS2SI, toGeneral(SINGLE, false));
    into.put(CVTTSS2SI, toGeneral(SINGLE, true));
    into.put(CVTSD2SI, toGeneral(DOUBLE, false));
    into.put(CVTTSD2SI, toGeneral(DOUBLE, true));
    into.put(CVTPI2PS, (c, i) -> fromMmx(c, i, 4, INT_TO_SINGLE));
    into.put(CVTPI2PD, (c, i) -> fromMmx(c, i, 8, INT_TO_DOUBLE));
    into.put(CVTPS2PI, (c, i) -> toMmx(c, i, 4, toInt(SINGLE, false)));
    into.put(CVTTPS2PI, (c, i) -> toMmx(c, i, 4, toInt(SINGLE, true)));
    into.put(CVTPD2PI, (c, i) -> toMmx(c, i, 8, toInt(DOUBLE, false)));
    into.put(CVTTPD2PI, (c, i) -> toMmx(c, i, 8, toInt(DOUBLE, true)));
  }

  private static long convert(FloatStatus s, FloatFormat from, FloatFormat to, long bits) {
    FloatNumber x = SseMath.operand(s, from, bits);
    if (x.nan()) {
      return to.pack(SseMath.nan(s, x, x));
    }
    SseMath.denormals(s, from, x, x);
    return to.pack(SoftFloat.round(s, to, x));
  }

  private static long ofInteger(FloatStatus s, FloatFormat f, long value) {
    return f.pack(SoftFloat.ofInteger(s, f, value));
  }

  private static Element toInt(FloatFormat f, boolean truncate) {
    return (s, x) -> toInteger(s, f, x, 4, truncate);
  }

  private static long toInteger(
      FloatStatus s, FloatFormat f, long bits, int size, boolean truncate) {
    int mode = truncate ? FloatStatus.ZERO : s.mode;
    return SoftFloat.toInteger(s, mode, SseMath.operand(s, f, bits), size);
  }

  /** {@code count} elements; what the result leaves of the destination becomes zero. */
  private static Op vector(int from, int to, int count, Element element) {
    return (c, i) -> {
      Simd.sse(c);
      Xmm x = from * count == 16 ? Simd.read(c, i, i.b) : new Xmm(Simd.scalar(c, i, i.b, 8), 0);
      FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
      Xmm r = each(s, x, from, to, count, element);
      SseMath.finish(c, s);
      Simd.xmm(c, i.a.number(), r);
    };
  }

  private static Xmm each(FloatStatus s, Xmm x, int from, int to, int count, Element element) {
    Xmm r = Xmm.ZERO;
    for (int k = 0; k < count; k++) {
      r = r.with(k, to, element.apply(s, x.element(k, from)));
    }
    return r;
  }

  private static Op scalar(int from, int to, Element element) {
    return (c, i) -> {
      Simd.sse(c);
      long x = Simd.scalar(c, i, i.b, from);
      FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
      long r = element.apply(s, x);
      SseMath.finish(c, s);
      Simd.xmm(c, i.a.number(), Simd.xmm(c, i.a.number()).with(0, to, r));
    };
  }

  private static Op fromGeneral(FloatFormat f) {
    return (c, i) -> {
      Simd.sse(c);
      long x = Operands.signExtend(Simd.scalar(c, i, i.b, i.b.size()), i.b.size());
      FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
      long r = ofInteger(s, f, x);
      SseMath.finish(c, s);
      Simd.xmm(c, i.a.number(), Simd.xmm(c, i.a.number()).with(0, f.bytes(), r));
    };
  }

  private static Op toGeneral(FloatFormat f, boolean truncate) {
    return (c, i) -> {
      Simd.sse(c);
      long x = Simd.scalar(c, i, i.b, f.bytes());
      FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
      long r = toInteger(s, f, x, i.a.size(), truncate);
      SseMath.finish(c, s);
      Operands.setGpr(c, i.a.number(), i.a.size(), r);
    };
  }

  /** CVTPI2PD from memory leaves the MMX state alone, CVTPI2PS never does. */
  private static void fromMmx(Core c, Insn i, int to, Element element) {
    Simd.sse(c);
    boolean enters = to == 4 || i.b.kind() == Arg.Kind.MMX;
    if (enters) {
      Simd.mmx(c);
    }
    Xmm x = new Xmm(Simd.scalar(c, i, i.b, 8), 0);
    FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
    Xmm r = each(s, x, 4, to, 2, element);
    SseMath.finish(c, s);
    if (enters) {
      Simd.enterMmx(c);
    }
    int n = i.a.number();
    Simd.xmm(c, n, to == 4 ? Simd.xmm(c, n).with(0, 8, r.low()) : r);
  }

  private static void toMmx(Core c, Insn i, int from, Element element) {
    Simd.sse(c);
    Simd.mmx(c);
    Xmm x = from == 4 ? new Xmm(Simd.scalar(c, i, i.b, 8), 0) : Simd.read(c, i, i.b);
    FloatStatus s = FloatStatus.ofMxcsr(c.mxcsr);
    Xmm r = each(s, x, from, 4, 2, element);
    SseMath.finish(c, s);
    Simd.mmx(c, i.a.number(), r.low());
  }
}
