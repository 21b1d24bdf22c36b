package dev.myna.generate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Options of generation as a user gives them: some, in any order, by name.
 *
 * <p>{@link #resolve} fills the rest from the model's generation config and checks that all go
 * together. An option that would have no effect is refused when the user gave it, and let pass when
 * the model's config did.
 */
public final class Options {
  /** Appended tokens where neither user nor model say how many. */
  public static final int DEFAULT_MAX_NEW_TOKENS = 128;

  public static final Options NONE = new Options(Map.of());

  private final Map<Option, Object> values;

  private Options(Map<Option, Object> values) {
    this.values = values;
  }

  /**
   * Options by name; an unknown one is refused with the nearest known. Null values are left out.
   */
  public static Options of(Map<String, ? extends @Nullable Object> named) {
    Options options = NONE;
    for (Map.Entry<String, ? extends @Nullable Object> entry : named.entrySet()) {
      Object value = entry.getValue();
      Option option = Option.of(entry.getKey());
      if (value != null) {
        options = options.with(option, value);
      }
    }
    return options;
  }

  /**
   * @param value in its own type, or as text
   * @throws GenerationException if it is not what the option wants
   */
  public Options with(Option option, Object value) {
    Map<Option, Object> more = new EnumMap<>(Option.class);
    more.putAll(values);
    more.put(option, option.parse(value));
    return new Options(Collections.unmodifiableMap(more));
  }

  public boolean has(Option option) {
    return values.containsKey(option);
  }

  /**
   * The complete options of a model.
   *
   * @throws GenerationException if they do not go together, or one is out of its range
   */
  public Sampling resolve(GenerationConfig config) {
    Options defaults = config.defaults();
    boolean beamsWanted = has(Option.NUM_BEAMS) && integer(Option.NUM_BEAMS, 1) > 1;
    boolean sample =
        has(Option.DO_SAMPLE)
            ? flag(Option.DO_SAMPLE)
            : !beamsWanted && defaults.flag(Option.DO_SAMPLE);
    int beams = integer(Option.NUM_BEAMS, sample ? 1 : defaults.integer(Option.NUM_BEAMS, 1));
    if (beams < 1) {
      throw new GenerationException("num_beams must be at least 1: it is " + beams);
    }
    if (sample && beams > 1) {
      throw new GenerationException(
          "do_sample and num_beams do not go together: turn do_sample off, or set num_beams to 1");
    }
    refuseIdle(sample, beams > 1);
    Options all = defaults.and(this);
    try {
      Strategy strategy =
          sample ? all.random() : beams > 1 ? all.beam(beams) : new Strategy.Greedy();
      Options extent = has(Option.MAX_NEW_TOKENS) || has(Option.MAX_LENGTH) ? this : defaults;
      int most = extent.maxNewTokens();
      int least = all.integer(Option.MIN_NEW_TOKENS, 0);
      return new Sampling(
          strategy,
          most,
          extent == this || !extent.has(Option.MAX_NEW_TOKENS)
              ? extent.integer(Option.MAX_LENGTH, Integer.MAX_VALUE)
              : Integer.MAX_VALUE,
          has(Option.MIN_NEW_TOKENS) ? least : Math.min(least, most),
          sequences(strategy, all),
          all.penalties(),
          all.texts(Option.STOP_STRINGS),
          all.has(Option.LOGPROBS)
              ? Sampling.counted(all.integer(Option.LOGPROBS, 0))
              : Sampling.NO_LOG_PROBABILITIES,
          all.integer(Option.CONTEXT_SHIFT, 1));
    } catch (IllegalArgumentException e) {
      throw new GenerationException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
  }

  /** Refuses what the user gave and nothing would hear. */
  private void refuseIdle(boolean sample, boolean beams) {
    for (Option option : values.keySet()) {
      switch (option.use()) {
        case ALWAYS -> {}
        case SAMPLING -> {
          if (!sample) {
            throw new GenerationException(
                "%s is an option of sampling and do_sample is off: turn do_sample on, or leave %s out"
                    .formatted(option.label(), option.label()));
          }
        }
        case BEAMS -> {
          if (!beams) {
            throw new GenerationException(
                "%s is an option of beam search and num_beams is 1: set num_beams, or leave %s out"
                    .formatted(option.label(), option.label()));
          }
        }
      }
    }
  }

  private Options and(Options stronger) {
    Map<Option, Object> both = new EnumMap<>(Option.class);
    both.putAll(values);
    both.putAll(stronger.values);
    return new Options(Collections.unmodifiableMap(both));
  }

  private int maxNewTokens() {
    return integer(
        Option.MAX_NEW_TOKENS, has(Option.MAX_LENGTH) ? Integer.MAX_VALUE : DEFAULT_MAX_NEW_TOKENS);
  }

  /** The model's number of sequences is a default for the strategy that it was meant for. */
  private int sequences(Strategy strategy, Options all) {
    if (has(Option.NUM_RETURN_SEQUENCES)) {
      return integer(Option.NUM_RETURN_SEQUENCES, 1);
    }
    int given = all.integer(Option.NUM_RETURN_SEQUENCES, 1);
    return switch (strategy) {
      case Strategy.Greedy _ -> 1;
      case Strategy.Random _ -> given;
      case Strategy.Beam beam -> Math.min(given, beam.count());
    };
  }

  private Strategy random() {
    return new Strategy.Random(
        decimal(Option.TEMPERATURE, 1),
        has(Option.TOP_K) ? (Integer) integer(Option.TOP_K, 0) : null,
        optional(Option.TOP_P),
        optional(Option.MIN_P),
        optional(Option.TYPICAL_P),
        values.get(Option.SEED) instanceof Long seed ? seed : freshSeed());
  }

  /** Any seed that a double holds exactly, so that it survives JSON. */
  private static long freshSeed() {
    return ThreadLocalRandom.current().nextLong(1L << 53);
  }

  private Strategy beam(int count) {
    return new Strategy.Beam(
        count,
        decimal(Option.LENGTH_PENALTY, 1),
        values.get(Option.EARLY_STOPPING) instanceof EarlyStopping early
            ? early
            : EarlyStopping.HEURISTIC);
  }

  private Penalties penalties() {
    return new Penalties(
        decimal(Option.REPETITION_PENALTY, 1),
        decimal(Option.PRESENCE_PENALTY, 0),
        decimal(Option.FREQUENCY_PENALTY, 0),
        integer(Option.NO_REPEAT_NGRAM_SIZE, 0));
  }

  private boolean flag(Option option) {
    return values.get(option) instanceof Boolean flag && flag;
  }

  private int integer(Option option, int otherwise) {
    if (!(values.get(option) instanceof Long value)) {
      return otherwise;
    }
    if (value != value.intValue()) {
      throw new GenerationException(
          "%s is out of range: it is %d".formatted(option.label(), value));
    }
    return value.intValue();
  }

  private float decimal(Option option, float otherwise) {
    return values.get(option) instanceof Double value ? value.floatValue() : otherwise;
  }

  private @Nullable Float optional(Option option) {
    return values.get(option) instanceof Double value ? value.floatValue() : null;
  }

  private List<String> texts(Option option) {
    return values.get(option) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
