package dev.myna.model;

import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.TensorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checkpoints of BERT (Devlin et al., 2019) as its authors' program writes them with TensorFlow:
 * {@code bert_model.ckpt} with {@code bert_config.json}, or a saved model of TensorFlow Hub.
 *
 * <p>Sizes are those of the tensors; what these do not say comes from {@code bert_config.json}, and
 * without one from the paper: heads of 64, GELU, dropout of a tenth. Matrices are stored as (in,
 * out) and are turned. What belongs to the training alone (moments, counters) is passed over.
 */
public final class TensorFlowBert {
  private static final Pattern LAYER = Pattern.compile("encoder/layer_(\\d+)/(.+)");
  private static final Pattern TRAINING =
      Pattern.compile(
          ".*(/adam_[mv]|/Adam(_1)?)|.*(global_step|beta[12]_power|good_steps|loss_scale)");
  private static final String INDEX = ".index";
  private static final int HEAD_SIZE = 64;

  /** Our names of theirs, without the kind of weight at the end. */
  private static final Map<String, String> PARTS =
      Map.ofEntries(
          Map.entry("embeddings/word_embeddings", "encoder.tokens"),
          Map.entry("embeddings/position_embeddings", "encoder.positions"),
          Map.entry("embeddings/token_type_embeddings", "encoder.segments"),
          Map.entry("embeddings/LayerNorm", "encoder.embeddingNorm"),
          Map.entry("attention/self/query", "attention.query"),
          Map.entry("attention/self/key", "attention.key"),
          Map.entry("attention/self/value", "attention.value"),
          Map.entry("attention/output/dense", "attention.out"),
          Map.entry("attention/output/LayerNorm", "attentionNorm"),
          Map.entry("intermediate/dense", "feedForward.up"),
          Map.entry("output/dense", "feedForward.down"),
          Map.entry("output/LayerNorm", "feedForwardNorm"),
          Map.entry("pooler/dense", "textHead.dense"),
          Map.entry("predictions/transform/dense", "head.dense"),
          Map.entry("predictions/transform/LayerNorm", "head.norm"));

  /** What stands on the encoder. */
  public enum Top {
    /** What says hidden tokens; the pooler, which has no part in it, is left out. */
    MASKED("ForMaskedLM"),
    /** What says hidden tokens and whether two sentences belong together. */
    PRETRAINING("ForPreTraining"),
    /** The pooler alone, to learn something else. */
    POOLER("Model");

    private final String ending;

    Top(String ending) {
      this.ending = ending;
    }
  }

  private TensorFlowBert() {}

  /**
   * The index of the checkpoint that a path leads to: itself, the one beside its name, or the one
   * of a folder.
   *
   * @return empty where there is none
   */
  public static Optional<Path> find(Path given) {
    if (!Files.isDirectory(given)) {
      return Stream.of(given, Path.of(given + INDEX))
          .filter(file -> file.toString().endsWith(INDEX) && Files.isRegularFile(file))
          .findFirst();
    }
    Path saved = given.resolve("variables/variables" + INDEX);
    if (Files.isRegularFile(saved)) {
      return Optional.of(saved);
    }
    try (Stream<Path> files = Files.list(given)) {
      return files.filter(file -> file.toString().endsWith(INDEX)).sorted().findFirst();
    } catch (IOException e) {
      throw new CheckpointException("cannot look into %s: %s".formatted(given, e), e);
    }
  }

  /** The vocabulary that came with a checkpoint: {@code vocab.txt} beside it or in its assets. */
  public static Optional<Path> vocabulary(Path index) {
    return beside(index, "vocab.txt");
  }

  private static Optional<Path> beside(Path index, String name) {
    return Stream.of(name, "../assets/" + name)
        .map(place -> index.resolveSibling(place).normalize())
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * Reads a model.
   *
   * @param index of the checkpoint
   * @throws CheckpointException where it is damaged, is of another model, or has no such top
   */
  public static Pretrained read(Path index, Top top) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off();
        TensorBundle bundle = TensorBundle.open(index)) {
      Map<String, String> ours = new LinkedHashMap<>();
      Set<String> foreign = new TreeSet<>();
      for (String name : bundle.names()) {
        if (!TRAINING.matcher(name).matches()) {
          ours(name).ifPresentOrElse(our -> ours.put(our, name), () -> foreign.add(name));
        }
      }
      if (!foreign.isEmpty() || !ours.containsKey("encoder.tokens.weight")) {
        throw new CheckpointException(
            "%s is no checkpoint of BERT: %s; only BERT's of its authors' program are converted"
                .formatted(
                    index,
                    foreign.isEmpty() ? "it has no table of tokens" : "it holds " + foreign));
      }
      ObjectNode config = config(index, bundle, ours, top);
      Transformer model = new Transformer(Families.spec(config));
      fill(index, bundle, ours, model.parameters());
      return new Pretrained(config, model, false);
    }
  }

  /** Our path of one of their variables; empty where it is none of BERT's. */
  static Optional<String> ours(String theirs) {
    String name = theirs.replaceFirst("^(module/)?(bert|cls)/", "");
    switch (name) {
      case "predictions/output_bias" -> {
        return Optional.of("head.bias");
      }
      case "seq_relationship/output_weights" -> {
        return Optional.of("textHead.out.weight");
      }
      case "seq_relationship/output_bias" -> {
        return Optional.of("textHead.out.bias");
      }
      default -> {}
    }
    Matcher layer = LAYER.matcher(name);
    String rest = layer.matches() ? layer.group(2) : name;
    String before = layer.matches() ? "encoder.blocks.%s.".formatted(layer.group(1)) : "";
    String table = PARTS.get(rest);
    if (table != null) {
      return Optional.of(before + table + ".weight");
    }
    int slash = rest.lastIndexOf('/');
    String part = slash < 0 ? null : PARTS.get(rest.substring(0, slash));
    return part == null
        ? Optional.empty()
        : switch (rest.substring(slash + 1)) {
          case "kernel", "gamma" -> Optional.of(before + part + ".weight");
          case "bias", "beta" -> Optional.of(before + part + ".bias");
          default -> Optional.empty();
        };
  }

  private static ObjectNode config(
      Path index, TensorBundle bundle, Map<String, String> ours, Top top) {
    JsonNode said = beside(index, "bert_config.json").map(TensorFlowBert::json).orElse(null);
    long[] tokens = shape(index, bundle, ours, "encoder.tokens.weight");
    int width = (int) tokens[1];
    int heads = Math.max(1, width / HEAD_SIZE);
    int layers = (int) ours.keySet().stream().filter(n -> n.endsWith("query.weight")).count();
    Settings settings = new Settings(said == null ? JsonMapper.shared().createObjectNode() : said);
    Shape shape =
        Shape.of(
                "bert",
                (int) tokens[0],
                (int) shape(index, bundle, ours, "encoder.positions.weight")[0],
                layers,
                settings.integer("num_attention_heads", heads),
                width)
            .with(
                Choice.FEED_FORWARD,
                (int) shape(index, bundle, ours, "encoder.blocks.0.feedForward.up.bias")[0])
            .with(Choice.ACTIVATION, settings.text("hidden_act", "gelu"))
            .with(Choice.HEAD, top.ending)
            .withDropout(settings.number("hidden_dropout_prob", 0.1));
    return Families.config(shape)
        .put("type_vocab_size", (int) shape(index, bundle, ours, "encoder.segments.weight")[0]);
  }

  private static JsonNode json(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readAllBytes(file));
    } catch (IOException | JacksonException e) {
      throw new CheckpointException("%s could not be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static long[] shape(
      Path index, TensorBundle bundle, Map<String, String> ours, String name) {
    String theirs = ours.get(name);
    long[] shape = theirs == null ? new long[0] : bundle.shape(theirs);
    if (shape.length == 0) {
      throw new CheckpointException(
          "%s is no whole checkpoint of BERT: it has nothing for %s".formatted(index, name));
    }
    return shape;
  }

  private static void fill(
      Path index, TensorBundle bundle, Map<String, String> ours, Map<String, Tensor> parameters) {
    Set<String> wrong = new TreeSet<>();
    parameters.forEach(
        (name, parameter) -> {
          String theirs = ours.get(name);
          try (Scope scope = Scope.open()) {
            Tensor stored = theirs == null ? null : bundle.tensor(theirs);
            Tensor turned =
                theirs != null && stored != null && theirs.endsWith("/kernel")
                    ? stored.transpose(0, 1)
                    : stored;
            if (turned == null || !Arrays.equals(turned.shape(), parameter.shape())) {
              wrong.add(name);
            } else {
              parameter.copy_(turned);
            }
          }
        });
    if (!wrong.isEmpty()) {
      throw new CheckpointException(
          "%s does not hold all of such a BERT: missing or of another shape are %s; choose another top"
              .formatted(index, wrong));
    }
  }
}
