package dev.myna.model;

import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Models of llama2.c (Karpathy, 2023) in its first format, {@code .bin} files without a version.
 *
 * <p>Little-endian: width, feed-forward width, layers, heads, key heads, vocabulary (negative where
 * the head has a matrix of its own) and context, each int32; then float32 matrices, each kind for
 * all layers together. Queries and keys are stored for rotations of neighbours and are reordered
 * for rotations of halves, as Hugging Face's conversion of LLaMA does.
 */
public final class Llama2c {
  private static final int HEADER = 7 * Integer.BYTES;

  private Llama2c() {}

  /**
   * Reads a model.
   *
   * @throws CheckpointException where the file is of another kind or of a wrong length
   */
  public static Pretrained read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      while (header.hasRemaining() && channel.read(header) >= 0) {}
      if (header.hasRemaining()) {
        throw new CheckpointException(file + " is too short for a model of llama2.c");
      }
      Layout layout = Layout.of(file, header.flip());
      long wanted = HEADER + Float.BYTES * layout.numbers();
      if (channel.size() != wanted) {
        throw new CheckpointException(
            "%s should have %,d bytes for its %d layers of width %d, and has %,d; is it cut off, or of a newer version of llama2.c?"
                .formatted(file, wanted, layout.layers, layout.width, channel.size()));
      }
      Pretrained made = Pretrained.create(layout.shape(), 0);
      try (Scope scope = Scope.open();
          Gradients off = Gradients.off()) {
        layout.fill(made, new Numbers(channel));
      }
      return made;
    } catch (IOException e) {
      throw new CheckpointException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Numbers one after another. */
  private record Numbers(FileChannel channel) {
    Tensor next(long... shape) throws IOException {
      int count = Math.toIntExact(Layout.product(shape));
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      float[] values = new float[count];
      bytes.flip().asFloatBuffer().get(values);
      return Tensor.of(values, shape);
    }
  }

  private record Layout(
      int width,
      int feedForward,
      int layers,
      int heads,
      int keyHeads,
      int vocabulary,
      int context,
      boolean tied) {

    static Layout of(Path file, ByteBuffer in) {
      int[] found = new int[7];
      in.asIntBuffer().get(found);
      int vocabulary = found[5];
      found[5] = Math.abs(vocabulary);
      for (int value : found) {
        if (value < 1 || value > 1 << 24) {
          throw new CheckpointException(
              "%s is no model of llama2.c: its first seven numbers should be sizes, and one is %d"
                  .formatted(file, value));
        }
      }
      if (found[0] % (2 * found[3]) != 0 || found[3] % found[4] != 0) {
        throw new CheckpointException(
            "%s is no model of llama2.c: width %d, %d heads and %d key heads do not divide"
                .formatted(file, found[0], found[3], found[4]));
      }
      return new Layout(
          found[0], found[1], found[2], found[3], found[4], found[5], found[6], vocabulary > 0);
    }

    int headSize() {
      return width / heads;
    }

    /** How many numbers follow the header. */
    long numbers() {
      long keyWidth = (long) keyHeads * headSize();
      long layer =
          2L * width * width + 2 * keyWidth * width + 3L * feedForward * width + 2L * width;
      long rotations = (long) context * headSize();
      return layers * layer + width + rotations + (tied ? 1 : 2) * (long) vocabulary * width;
    }

    Shape shape() {
      return Shape.of("llama", vocabulary, context, layers, heads, width)
          .with(Choice.KEY_HEADS, keyHeads)
          .with(Choice.FEED_FORWARD, feedForward)
          .with(Choice.TIED, tied);
    }

    void fill(Pretrained made, Numbers in) throws IOException {
      Map<String, Tensor> parameters = made.model().parameters();
      int keyWidth = keyHeads * headSize();
      of(parameters, "decoder.tokens.weight").copy_(in.next(vocabulary, width));
      for (Part part :
          List.of(
              new Part("attentionNorm.weight", 0, width),
              new Part("attention.query.weight", heads, width, width),
              new Part("attention.key.weight", keyHeads, keyWidth, width),
              new Part("attention.value.weight", 0, keyWidth, width),
              new Part("attention.out.weight", 0, width, width),
              new Part("feedForwardNorm.weight", 0, width),
              new Part("feedForward.gate.weight", 0, feedForward, width),
              new Part("feedForward.down.weight", 0, width, feedForward),
              new Part("feedForward.up.weight", 0, feedForward, width))) {
        for (int layer = 0; layer < layers; layer++) {
          Tensor values = in.next(part.shape);
          of(parameters, "decoder.blocks.%d.%s".formatted(layer, part.name))
              .copy_(part.turned == 0 ? values : halves(values, part.turned));
        }
      }
      of(parameters, "decoder.norm.weight").copy_(in.next(width));
      Tensor unused = in.next(context, headSize()); // cosines and sines, which follow from sizes
      if (!tied) {
        of(parameters, "head.out.weight").copy_(in.next(vocabulary, width));
      }
    }

    private static Tensor of(Map<String, Tensor> parameters, String name) {
      return Objects.requireNonNull(parameters.get(name), name);
    }

    /** Rows of a head: even ones first, then odd ones. */
    private Tensor halves(Tensor weight, int ofHeads) {
      return weight
          .view(ofHeads, headSize() / 2, 2, width) // (H, D/2, 2, C)
          .transpose(1, 2) // (H, 2, D/2, C)
          .reshape((long) ofHeads * headSize(), width); // (H·D, C)
    }

    static long product(long... shape) {
      long product = 1;
      for (long size : shape) {
        product *= size;
      }
      return product;
    }
  }

  /**
   * One matrix of every layer.
   *
   * @param turned number of heads whose rows are reordered; 0 for none
   */
  private record Part(String name, int turned, long... shape) {}
}
