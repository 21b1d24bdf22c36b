package dev.myna.evaluate;

import dev.myna.generate.CachedTransformer;
import dev.myna.generate.EarlyStopping;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.Sampling;
import dev.myna.generate.Strategy;
import dev.myna.model.Pretrained;
import dev.myna.nn.Precision;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Safetensors;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far a model's outputs are from those of the library that made its checkpoint.
 *
 * <p>A folder holds the model and {@code reference.safetensors}: inputs ({@code input_ids} and
 * {@code attention_mask}, (B, T); for an encoder-decoder {@code decoder_input_ids} too), what came
 * out of them ({@link ParityOutputs}), and {@code prompt_ids} with its continuations {@code greedy}
 * and {@code beam4}, which have no end token before their last place. Positions of padding are not
 * compared.
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
  private static final String PROMPT = "prompt_ids";
  private static final int BEAMS = 4;

  /** Whether nothing is further off than that, and every continuation is equal. */
  public boolean within(double tolerance) {
    return differences.values().stream().allMatch(difference -> difference <= tolerance)
        && continuations.values().stream().allMatch(equal -> equal);
  }

  /**
   * Runs the model of a folder against its reference.
   *
   * @throws CheckpointException if one of them is missing or cannot be read, or the reference holds
   *     an output that cannot be compared
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
      return new Parity(
          folder,
          pretrained.config().path("model_type").asString(""),
          differences(folder, pretrained, reference),
          continuations(folder, pretrained, reference));
    } finally {
      pretrained.model().free();
    }
  }

  private static Map<String, Double> differences(
      Path folder, Pretrained pretrained, Safetensors reference) {
    List<String> wanted = new ArrayList<>(reference.names());
    wanted.removeAll(ParityOutputs.INPUTS);
    wanted.removeAll(Set.of(PROMPT, "greedy", "beam4"));
    Map<String, Double> differences = new LinkedHashMap<>();
    if (wanted.isEmpty()) {
      return differences;
    }
    ParityOutputs outputs = new ParityOutputs(pretrained, reference);
    List<String> unknown = new ArrayList<>();
    for (String name : wanted) {
      ParityOutputs.Output output = outputs.all().get(name);
      if (output == null) {
        unknown.add(name);
      } else {
        differences.put(name, difference(name, reference.tensor(name), output));
      }
    }
    if (!unknown.isEmpty()) {
      throw new CheckpointException(
          "%s of %s holds %s, which this model does not give; it gives %s"
              .formatted(REFERENCE, folder, unknown, outputs.all().keySet()));
    }
    return differences;
  }

  private static double difference(String name, Tensor wanted, ParityOutputs.Output output) {
    Tensor found = output.value();
    if (wanted.numel() != found.numel()
        || (wanted.numel() > 1 && !Arrays.equals(wanted.shape(), found.shape()))) {
      throw new CheckpointException(
          "%s of the reference is %s, the model gives %s"
              .formatted(name, Arrays.toString(wanted.shape()), Arrays.toString(found.shape())));
    }
    float[] a = wanted.toFloats();
    float[] b = found.toFloats();
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      if (output.counts(i)) {
        double difference = Math.abs((double) a[i] - b[i]);
        // NaN must not pass for equal.
        largest =
            Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
      }
    }
    return largest;
  }

  private static Map<String, Boolean> continuations(
      Path folder, Pretrained pretrained, Safetensors reference) {
    Map<String, Boolean> equal = new LinkedHashMap<>();
    if (!reference.names().contains(PROMPT)) {
      return equal;
    }
    int[] prompt = ints(reference, PROMPT);
    GenerationConfig config = GenerationConfig.read(folder);
    CachedTransformer model =
        new CachedTransformer(pretrained.model(), Device.CPU, Precision.FLOAT32);
    boolean encoded = pretrained.model().spec() instanceof ModelSpec.EncoderDecoder;
    try (Generator generator = new Generator(model, config)) {
      for (String way : List.of("greedy", "beam4")) {
        if (reference.names().contains(way)) {
          int[] wanted = ints(reference, way);
          int[] start = encoded ? start(model, prompt, config) : prompt;
          equal.put(way, continues(generator, start, wanted, way));
        }
      }
    }
    return equal;
  }

  /** Encodes the prompt; the decoder starts with a token of its own. */
  private static int[] start(CachedTransformer model, int[] prompt, GenerationConfig config) {
    Integer start = config.decoderStart() == null ? config.startToken() : config.decoderStart();
    if (start == null) {
      throw new CheckpointException(
          "generation_config.json must say decoder_start_token_id: a decoder starts with it");
    }
    model.encode(new int[][] {prompt});
    return new int[] {start};
  }

  private static boolean continues(Generator generator, int[] prompt, int[] wanted, String way) {
    int room = wanted.length - prompt.length;
    Sampling sampling =
        way.equals("greedy")
            ? Sampling.greedy(room)
            : Sampling.beams(room, new Strategy.Beam(BEAMS, 1, EarlyStopping.HEURISTIC));
    int[] tokens = generator.generate(prompt, sampling.withMinNewTokens(room)).tokens();
    int[] whole = Arrays.copyOf(prompt, prompt.length + tokens.length);
    System.arraycopy(tokens, 0, whole, prompt.length, tokens.length);
    return Arrays.equals(whole, wanted);
  }

  private static int[] ints(Safetensors reference, String name) {
    return Arrays.stream(reference.tensor(name).toLongs()).mapToInt(Math::toIntExact).toArray();
  }
}
