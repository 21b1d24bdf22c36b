package dev.myna.evaluate;

import dev.myna.generate.CachedTransformer;
import dev.myna.generate.EarlyStopping;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.Sampling;
import dev.myna.generate.Strategy;
import dev.myna.model.Pretrained;
import dev.myna.model.Transformer;
import dev.myna.nn.Mask;
import dev.myna.nn.Pass;
import dev.myna.nn.Precision;
import dev.myna.nn.Taps;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Safetensors;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How far a model's outputs are from those of the library that made its checkpoint.
 *
 * <p>A folder holds the model and {@code reference.safetensors}: {@code input_ids} and {@code
 * attention_mask} (B, T) with what came out of them ({@code logits} (B, T, V), {@code
 * hidden_states.last} (B, T, C), {@code attentions.0} (B, H, T, T)), and {@code prompt_ids} with
 * its continuations {@code greedy} and {@code beam4}. Positions of padding are not compared.
 *
 * @param folder of the model
 * @param family its {@code model_type}
 * @param differences largest absolute difference of each output
 * @param continuations whether each continuation is equal to the last token
 */
public record Parity(
    Path folder,
    String family,
    Map<String, Double> differences,
    Map<String, Boolean> continuations) {
  private static final String REFERENCE = "reference.safetensors";
  private static final int BEAMS = 4;

  /** Whether nothing is further off than that, and every continuation is equal. */
  public boolean within(double tolerance) {
    return differences.values().stream().allMatch(difference -> difference <= tolerance)
        && continuations.values().stream().allMatch(equal -> equal);
  }

  /**
   * Runs the model of a folder against its reference.
   *
   * @throws CheckpointException if one of them is missing or cannot be read
   */
  public static Parity of(Path folder) {
    Path file = folder.resolve(REFERENCE);
    if (!Files.exists(file)) {
      throw new CheckpointException(
          "%s has no %s to compare with; it holds inputs and the outputs that are expected"
              .formatted(folder, REFERENCE));
    }
    Pretrained pretrained = Pretrained.load(folder);
    pretrained.model().training(false);
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off();
        Safetensors reference = Safetensors.open(file)) {
      String family = pretrained.config().path("model_type").asString("");
      return new Parity(
          folder,
          family,
          differences(pretrained.model(), reference),
          continuations(folder, pretrained.model(), reference));
    }
  }

  private static Map<String, Double> differences(Transformer model, Safetensors reference) {
    Map<String, Double> differences = new LinkedHashMap<>();
    if (!reference.names().contains("input_ids")) {
      return differences;
    }
    Tensor ids = reference.tensor("input_ids"); // (B, T)
    int rows = (int) ids.size(0);
    int length = (int) ids.size(1);
    boolean[] real = real(reference, rows * length);
    Taps.Recorder taps = new Taps.Recorder();
    Pass plain = Transformer.wholeText(ids, Mask.CAUSAL);
    Mask mask = new Mask.Padding(Mask.CAUSAL, Tensor.of(real, rows, length));
    Tensor hidden = model.hidden(ids, new Pass(plain.positions(), mask, plain.cache(), taps));
    compare(differences, reference, "logits", model.logits(hidden), real, 1);
    compare(differences, reference, "hidden_states.last", hidden, real, 1);
    if (!taps.attentions().isEmpty()) {
      Tensor first = taps.attentions().getFirst();
      compare(differences, reference, "attentions.0", first, real, (int) first.size(1));
    }
    return differences;
  }

  private static boolean[] real(Safetensors reference, int count) {
    boolean[] real = new boolean[count];
    Arrays.fill(real, true);
    if (reference.names().contains("attention_mask")) {
      long[] mask = reference.tensor("attention_mask").toLongs();
      IntStream.range(0, count).forEach(i -> real[i] = mask[i] != 0);
    }
    return real;
  }

  /**
   * @param real (B, T): where there is no padding
   * @param copies how many values of T follow each other for one row: the heads of (B, H, T, S)
   */
  private static void compare(
      Map<String, Double> differences,
      Safetensors reference,
      String name,
      Tensor found,
      boolean[] real,
      int copies) {
    if (!reference.names().contains(name)) {
      return;
    }
    Tensor wanted = reference.tensor(name);
    if (!Arrays.equals(wanted.shape(), found.shape())) {
      throw new CheckpointException(
          "%s of the reference is %s, the model gives %s"
              .formatted(name, Arrays.toString(wanted.shape()), Arrays.toString(found.shape())));
    }
    float[] a = wanted.toFloats();
    float[] b = found.toFloats();
    int length = (int) wanted.size(wanted.shape().length - 2);
    int width = (int) wanted.size(wanted.shape().length - 1);
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      int place = i / width;
      int row = place / length / copies;
      if (real[row * length + place % length]) {
        double difference = Math.abs((double) a[i] - b[i]);
        largest =
            Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
      }
    }
    differences.put(name, largest);
  }

  private static Map<String, Boolean> continuations(
      Path folder, Transformer model, Safetensors reference) {
    Map<String, Boolean> equal = new LinkedHashMap<>();
    if (!reference.names().contains("prompt_ids")) {
      return equal;
    }
    int[] prompt = ints(reference, "prompt_ids");
    try (Generator generator =
        new Generator(
            new CachedTransformer(model, Device.CPU, Precision.FLOAT32),
            GenerationConfig.read(folder))) {
      if (reference.names().contains("greedy")) {
        int[] wanted = ints(reference, "greedy");
        equal.put(
            "greedy",
            continues(generator, prompt, wanted, Sampling.greedy(wanted.length - prompt.length)));
      }
      if (reference.names().contains("beam4")) {
        int[] wanted = ints(reference, "beam4");
        Strategy.Beam beam = new Strategy.Beam(BEAMS, 1, EarlyStopping.HEURISTIC);
        equal.put(
            "beam4",
            continues(
                generator, prompt, wanted, Sampling.beams(wanted.length - prompt.length, beam)));
      }
    }
    return equal;
  }

  private static boolean continues(
      Generator generator, int[] prompt, int[] wanted, Sampling sampling) {
    int[] tokens = generator.generate(prompt, sampling).tokens();
    int[] whole = Arrays.copyOf(prompt, prompt.length + tokens.length);
    System.arraycopy(tokens, 0, whole, prompt.length, tokens.length);
    return Arrays.equals(whole, wanted);
  }

  private static int[] ints(Safetensors reference, String name) {
    return Arrays.stream(reference.tensor(name).toLongs()).mapToInt(Math::toIntExact).toArray();
  }
}
