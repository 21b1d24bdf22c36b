package dev.myna.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PermutationTest {
  @Property(tries = 200)
  void visitsEachNumberOnce(@ForAll @IntRange(min = 1, max = 3000) int size, @ForAll long key) {
    Permutation permutation = new Permutation(size, key);

    assertThat(LongStream.range(0, size).map(permutation::at).sorted().toArray())
        .isEqualTo(LongStream.range(0, size).toArray());
  }

  @Test
  void keysGiveOtherOrders() {
    long[] one = LongStream.range(0, 100).map(new Permutation(100, 1)::at).toArray();
    long[] two = LongStream.range(0, 100).map(new Permutation(100, 2)::at).toArray();

    assertThat(one).isNotEqualTo(two).isNotEqualTo(LongStream.range(0, 100).toArray());
  }
}
