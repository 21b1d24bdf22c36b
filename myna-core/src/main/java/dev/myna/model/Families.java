package dev.myna.model;

import dev.myna.spec.Activation;
import dev.myna.spec.InitialWeights;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.CheckpointException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The families of models, by the {@code model_type} of their {@code config.json}. A family is a
 * row: a function from its configuration to a {@link ModelSpec}, and the names of its tensors.
 *
 * <p>The family {@code transformer}, that of Vaswani et al. (2017), can be made but has no type of
 * its own: it is stored as a Marian, which is one.
 */
public final class Families {
  private static final Map<String, Family> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("openai-gpt", new OpenAiGpt()),
              Map.entry("gpt2", new Gpt2()),
              Map.entry("llama", new Llama()),
              Map.entry("mistral", new Mistral()),
              Map.entry("mixtral", new Mixtral()),
              Map.entry("qwen2", new Qwen(false)),
              Map.entry("qwen3", new Qwen(true)),
              Map.entry("gemma", new Gemma(false)),
              Map.entry("gemma2", new Gemma(true)),
              Map.entry("bert", new Bert(false)),
              Map.entry("roberta", new Bert(true)),
              Map.entry("distilbert", new DistilBert()),
              Map.entry("t5", new T5()),
              Map.entry("bart", new Bart(Bart.Kind.BART)),
              Map.entry("marian", new Bart(Bart.Kind.MARIAN)),
              Map.entry("transformer", new Bart(Bart.Kind.TRANSFORMER))));

  /** A key of Myna's own, which other libraries pass over. */
  private static final String INITIALIZATION = "initialization";

  private Families() {}

  /** The names of all families. */
  public static Set<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  /**
   * What a {@code config.json} describes.
   *
   * @throws CheckpointException if its family is unknown, or one of its settings is not followed
   */
  public static ModelSpec spec(JsonNode config) {
    return spec(new Settings(config));
  }

  static ModelSpec spec(Settings settings) {
    try {
      if (settings.has("quantization_config")) {
        throw settings.wrong("quantization_config", "absent", "quantised weights");
      }
      Family family = family(settings);
      String head = settings.kind(family.heads().getFirst());
      if (!family.heads().contains(head)) {
        throw settings.unknown("the end of architectures", head, family.heads().toArray());
      }
      ModelSpec spec = family.spec(settings);
      return settings.has(INITIALIZATION) ? spec.with(initial(settings)) : spec;
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(settings.where() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The {@code config.json} of a model to be made.
   *
   * @throws IllegalArgumentException if there is no such family, or it has no such choice or head
   */
  public static ObjectNode config(Shape shape) {
    Family family = ALL.get(shape.family());
    if (family == null) {
      throw new IllegalArgumentException(
          "family must be one of %s, found %s".formatted(names(), shape.family()));
    }
    Set<Choice> unknown = new TreeSet<>(shape.choices().keySet());
    unknown.removeAll(family.choices());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no choice of %s; it has %s"
              .formatted(shape.family(), unknown, new TreeSet<>(family.choices())));
    }
    requireHead(shape.family(), family, shape.text(Choice.HEAD, family.heads().getFirst()));
    ObjectNode config = family.config(shape);
    Object initial = shape.choices().get(Choice.INITIALIZATION);
    return initial == null ? config : config.put(INITIALIZATION, initial.toString());
  }

  private static InitialWeights initial(Settings settings) {
    String name = settings.text(INITIALIZATION, "");
    InitialWeights.ByFans[] all = InitialWeights.ByFans.values();
    return Arrays.stream(all)
        .filter(each -> each.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> settings.unknown(INITIALIZATION, name, (Object[]) all));
  }

  private static void requireHead(String name, Family family, String head) {
    if (!family.heads().contains(head)) {
      throw new IllegalArgumentException(
          "%s has no head %s, it has %s; choose another family or task"
              .formatted(name, head, family.heads()));
    }
  }

  static NameMap names(Settings settings, ModelSpec spec) {
    return family(settings).names(settings, spec);
  }

  private static Family family(Settings settings) {
    String type = settings.text("model_type", "");
    Family family = ALL.get(type);
    if (family == null) {
      throw settings.unknown("model_type", type, names().toArray());
    }
    return family;
  }

  /** The activations by Hugging Face's names. */
  static Activation activation(Settings settings, String key, String otherwise) {
    return activationNamed(settings, key, settings.text(key, otherwise));
  }

  /** The activation of a name that may stand within another setting. */
  static Activation activationNamed(Settings settings, String key, String name) {
    return switch (name) {
      case "linear" -> Activation.LINEAR;
      case "relu" -> Activation.RELU;
      case "relu6" -> Activation.RELU6;
      case "relu2" -> Activation.RELU_SQUARED;
      case "leaky_relu" -> Activation.LEAKY_RELU;
      case "gelu", "gelu_python" -> Activation.GELU;
      case "gelu_10" -> Activation.GELU_CLIPPED;
      case "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_accurate" ->
          Activation.GELU_TANH;
      case "quick_gelu" -> Activation.GELU_QUICK;
      case "silu", "swish" -> Activation.SILU;
      case "hardswish" -> Activation.HARD_SILU;
      case "mish" -> Activation.MISH;
      case "laplace" -> Activation.LAPLACE;
      case "sqrtsoftplus" -> Activation.SQRT_SOFTPLUS;
      case "sigmoid" -> Activation.SIGMOID;
      case "tanh" -> Activation.TANH;
      default ->
          throw settings.unknown(
              key,
              name,
              "linear",
              "relu",
              "relu6",
              "relu2",
              "leaky_relu",
              "gelu",
              "gelu_10",
              "gelu_new",
              "gelu_fast",
              "gelu_pytorch_tanh",
              "quick_gelu",
              "silu",
              "hardswish",
              "mish",
              "laplace",
              "sqrtsoftplus",
              "sigmoid",
              "tanh");
    };
  }

  /**
   * Puts another head in the place of one, in {@code architectures}.
   *
   * @throws IllegalArgumentException if the family does not have it
   */
  static void putHead(ObjectNode config, String old, String head) {
    Settings settings = new Settings(config);
    requireHead(settings.text("model_type", ""), family(settings), head);
    String name = config.path("architectures").path(0).asString("");
    String family = name.substring(0, name.length() - old.length());
    if (family.isEmpty()) {
      throw new CheckpointException(
          "config.json: architectures must name a class of Transformers, found '%s'"
              .formatted(name));
    }
    config.putArray("architectures").add(family + head);
  }

  /** Names of labels of which only the number is known. */
  static List<String> numbered(int labels) {
    return IntStream.range(0, labels).mapToObj(i -> "LABEL_" + i).toList();
  }

  /** Writes the names of the labels. */
  static void putLabelNames(ObjectNode config, List<String> labels) {
    ObjectNode names = config.putObject("id2label");
    ObjectNode ids = config.putObject("label2id");
    for (int i = 0; i < labels.size(); i++) {
      names.put(Integer.toString(i), labels.get(i));
      ids.put(labels.get(i), i);
    }
  }

  /**
   * The first keys of a new model's configuration.
   *
   * @param architecture beginning of the name of Transformers' class
   * @param head end of it, where no other was chosen
   */
  static ObjectNode begin(Shape shape, String type, String architecture, String head) {
    ObjectNode config = JsonMapper.shared().createObjectNode();
    String chosen = shape.text(Choice.HEAD, head);
    config.putArray("architectures").add(architecture + chosen);
    if (chosen.equals("ForTokenClassification")) {
      config.put("classifier_dropout", shape.dropout()); // else 0.1 in Transformers
    }
    return config.put("model_type", type).put("vocab_size", shape.vocabulary());
  }

  /** Writes the labels and special tokens that were chosen. */
  static void putLabels(ObjectNode config, Shape shape) {
    int labels = shape.integer(Choice.LABELS, 0);
    if (labels > 0) {
      putLabelNames(config, numbered(labels));
    }
    putToken(config, "pad_token_id", shape, Choice.PADDING);
    putToken(config, "eos_token_id", shape, Choice.END);
    putToken(config, "bos_token_id", shape, Choice.BEGIN);
  }

  /** A token where it was chosen; null says that there is none, for the library has defaults. */
  private static void putToken(ObjectNode config, String key, Shape shape, Choice choice) {
    if (shape.choices().containsKey(choice)) {
      config.put(key, shape.integer(choice, 0));
    } else {
      config.putNull(key);
    }
  }

  /** Writes the window, null for none. */
  static ObjectNode putWindow(ObjectNode config, Shape shape) {
    int window = shape.integer(Choice.WINDOW, 0);
    return window > 0 ? config.put("sliding_window", window) : config.putNull("sliding_window");
  }
}
