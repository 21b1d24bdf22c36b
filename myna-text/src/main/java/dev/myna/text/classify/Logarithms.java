package dev.myna.text.classify;

/**
 * Natural logarithms of many numbers, in loops that the compiler turns into vector instructions.
 * Follows FDLIBM's {@code log}, whose error is below one unit in the last place; the same numbers
 * give the same bits everywhere.
 */
final class Logarithms {
  private static final double LN2_HIGH = 6.93147180369123816490e-01;
  private static final double LN2_LOW = 1.90821492927058770002e-10;
  private static final double L1 = 6.666666666666735130e-01;
  private static final double L2 = 3.999999999940941908e-01;
  private static final double L3 = 2.857142874366239149e-01;
  private static final double L4 = 2.222219843214978396e-01;
  private static final double L5 = 1.818357216161805012e-01;
  private static final double L6 = 1.531383769920937332e-01;
  private static final double L7 = 1.479819860511658591e-01;

  /** Makes a mantissa of the square root of two or more the next exponent's. */
  private static final long ROUND_UP = 0x95F64_0000_0000L;

  private static final long EXPONENT_STEP = 0x10_0000_0000_0000L;
  private static final long MANTISSA = 0xF_FFFF_FFFF_FFFFL;

  private final double[] fractions;
  private final double[] exponents;

  /**
   * @param most most numbers at a time
   */
  Logarithms(int most) {
    fractions = new double[most];
    exponents = new double[most];
  }

  /** Puts the logarithms of {@code x[0]} to {@code x[count - 1]} in their places. */
  void of(double[] x, int count) {
    boolean usual = true;
    for (int i = 0; i < count; i++) {
      usual &= x[i] >= Double.MIN_NORMAL && x[i] <= Double.MAX_VALUE;
    }
    if (!usual) {
      for (int i = 0; i < count; i++) {
        x[i] = Math.log(x[i]);
      }
      return;
    }
    double[] f = fractions;
    double[] e = exponents;
    for (int i = 0; i < count; i++) {
      long bits = Double.doubleToRawLongBits(x[i]);
      long up = (bits & MANTISSA) + ROUND_UP & EXPONENT_STEP;
      f[i] = Double.longBitsToDouble(bits & MANTISSA | up ^ 0x3FF0_0000_0000_0000L) - 1;
      e[i] = (int) ((bits + up >>> 52) - 1023);
    }
    for (int i = 0; i < count; i++) {
      double s = f[i] / (2 + f[i]);
      double z = s * s;
      double w = z * z;
      double even = w * (L2 + w * (L4 + w * L6));
      double odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
      double half = 0.5 * f[i] * f[i];
      x[i] = e[i] * LN2_HIGH - ((half - (s * (half + (odd + even)) + e[i] * LN2_LOW)) - f[i]);
    }
  }
}
