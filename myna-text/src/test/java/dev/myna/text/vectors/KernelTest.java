package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

class KernelTest {
  private static final int ROWS = 20;

  @Property(tries = 200)
  void theVectorApiComputesWhatPlainLoopsDo(
      @ForAll @IntRange(max = 17) int count,
      @ForAll @IntRange(min = 1, max = 9) int blocks,
      @ForAll long seed) {
    int length = blocks * VectorKernel.LANES;
    var random = new Random(seed);
    float[] hidden = floats(random, length);
    float[] matrix = floats(random, ROWS * length);
    float[] scale = floats(random, count);
    int[] rows = random.ints(count, 0, ROWS).map(row -> row * length).toArray();

    var scores = new float[count];
    var wantedScores = new float[count];
    VectorKernel.dots(hidden, 0, matrix, rows, count, length, scores);
    ScalarKernel.dots(hidden, 0, matrix, rows, count, length, wantedScores);
    assertThat(scores).containsExactly(wantedScores, Offset.offset(1e-4f));

    float[] wanted = matrix.clone();
    var error = new float[length];
    var wantedError = new float[length];
    VectorKernel.update(hidden, matrix, rows, scale, count, length, error, 0);
    ScalarKernel.update(hidden, wanted, rows, scale, count, length, wantedError, 0);
    VectorKernel.spread(error, 0.5f, matrix, rows, count, length);
    ScalarKernel.spread(wantedError, 0.5f, wanted, rows, count, length);
    assertThat(error).containsExactly(wantedError, Offset.offset(1e-3f));
    assertThat(matrix).containsExactly(wanted, Offset.offset(1e-2f));

    VectorKernel.sum(matrix, rows, count, length, 0.25f, error);
    ScalarKernel.sum(matrix, rows, count, length, 0.25f, wantedError);
    assertThat(error).containsExactly(wantedError, Offset.offset(1e-2f));
    assertThat(VectorKernel.dot(hidden, 0, matrix, 0, length))
        .isCloseTo(ScalarKernel.dot(hidden, 0, matrix, 0, length), Offset.offset(1e-4f));
  }

  private static float[] floats(Random random, int count) {
    var floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = random.nextFloat() - 0.5f;
    }
    return floats;
  }
}
