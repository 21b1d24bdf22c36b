package dev.myna.tensor;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * What kernels in Java are made of: vectors of float32, and chunks of a tensor of any size that
 * stay in the nearest cache while several short loops go over them.
 */
final class VectorMath {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final int LANES = FLOATS.length();

  /** Elements of a chunk. */
  static final int CHUNK = 1024;

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorMath() {}

  /** Asked only where it matters: to look takes longer than small work. */
  private static final class Compiler {
    static final boolean VECTORS = compilesVectors();

    private static boolean compilesVectors() {
      HotSpotDiagnosticMXBean options =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      try {
        return options == null
            || Integer.parseInt(options.getVMOption("TieredStopAtLevel").getValue()) >= 4;
      } catch (IllegalArgumentException e) {
        return true; // a JVM that has no such option
      }
    }
  }

  /** Whether the JVM turns loops over vectors into instructions: its first compiler does not. */
  static boolean compiled() {
    return Compiler.VECTORS;
  }

  static FloatVector constant(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  /**
   * The exponential, to a relative error of 2e-7; arguments beyond ±87 count as ±87 (Cephes'
   * polynomial).
   */
  static FloatVector exp(FloatVector x) {
    FloatVector in = x.max(-87f).min(87f);
    FloatVector shifted = in.fma(constant(1.44269504f), constant(12582912f)); // rounds to whole
    FloatVector whole = shifted.sub(12582912f);
    FloatVector rest = whole.fma(constant(-0.693359375f), in);
    rest = whole.fma(constant(2.12194440e-4f), rest);
    FloatVector p = rest.fma(constant(1.9875691500e-4f), constant(1.3981999507e-3f));
    p = p.fma(rest, constant(8.3334519073e-3f)).fma(rest, constant(4.1665795894e-2f));
    p = p.fma(rest, constant(1.6666665459e-1f)).fma(rest, constant(5.0000001201e-1f));
    FloatVector part = p.fma(rest.mul(rest), rest.add(1f));
    IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    return part.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }

  /** Reads elements of bfloat16 from {@code from} on. */
  static void read(MemorySegment memory, long from, float[] into, int count) {
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      ShortVector bits = ShortVector.fromMemorySegment(SHORTS, memory, 2 * (from + i), ORDER);
      ((IntVector) bits.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
          .lanewise(VectorOperators.LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(into, i);
    }
    for (int i = whole; i < count; i++) {
      into[i] =
          Float.intBitsToFloat(memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * (from + i)) << 16);
    }
  }

  /** Writes elements of bfloat16, rounded to nearest, even. */
  static void write(float[] values, int count, MemorySegment memory, long from) {
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, values, i).reinterpretAsInts();
      IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
      ((ShortVector)
              bits.add(odd)
                  .add(0x7fff)
                  .lanewise(VectorOperators.LSHR, 16)
                  .convertShape(VectorOperators.I2S, SHORTS, 0))
          .intoMemorySegment(memory, 2 * (from + i), ORDER);
    }
    for (int i = whole; i < count; i++) {
      memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * (from + i), bfloat16(values[i]));
    }
  }

  /** The bits in bfloat16, rounded to nearest, even. */
  static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + (bits >>> 16 & 1) + 0x7fff) >>> 16);
  }
}
