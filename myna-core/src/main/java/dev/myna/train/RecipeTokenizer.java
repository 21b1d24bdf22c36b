package dev.myna.train;

import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes the tokenizer that a recipe asks for. */
final class RecipeTokenizer {
  private final Recipe recipe;
  private final TokenizerConfig config;
  private final Progress progress;

  RecipeTokenizer(Recipe recipe, Progress progress) {
    this.recipe = recipe;
    this.config = recipe.tokenizer();
    this.progress = progress;
  }

  /** That of the checkpoint, or read, or else learned from the text to train on. */
  Tokenizer of(Job.Place place, Corpus corpus) {
    boolean characters = config.kind() == TokenizerConfig.Kind.CHARACTERS;
    return found(
        place,
        () ->
            // A character that only text to be judged by has would have no id.
            characters
                ? learn(all(corpus), config.kind().preset(), 0)
                : learn(corpus, config.kind().preset(), heldOut()));
  }

  /** The text to learn from and that to be judged by. */
  private Corpus all(Corpus corpus) {
    DataConfig data = recipe.data();
    if (data.validation().isEmpty() && data.test().isEmpty()) {
      return corpus;
    }
    List<String> files = new ArrayList<>(data.train());
    files.addAll(data.validation());
    files.addAll(data.test());
    return Corpus.of(files, data.field());
  }

  /** The same for texts that are all there. */
  Tokenizer of(Job.Place place, List<String> texts) {
    return found(place, () -> config.kind().preset().spec(options()).learn(texts, progress));
  }

  private Tokenizer found(Job.Place place, Supplier<Tokenizer> learned) {
    if (place.checkpoint().isPresent()) {
      return Tokenizer.load(place.checkpoint().get());
    }
    Tokenizer tokenizer =
        recipe
            .start()
            .or(() -> config.path().map(Path::of))
            .map(Tokenizer::load)
            .orElseGet(learned);
    tokenizer.save(place.folder().resolve("tokenizer"));
    return tokenizer;
  }

  private double heldOut() {
    return recipe.data().validation().isEmpty() ? recipe.data().validationFraction() : 0;
  }

  private VocabularyOptions options() {
    List<String> special = new ArrayList<>(config.specialTokens());
    recipe.data().separator().filter(token -> !special.contains(token)).ifPresent(special::add);
    int size =
        config.kind() == TokenizerConfig.Kind.CHARACTERS ? Integer.MAX_VALUE : config.vocabulary();
    return VocabularyOptions.ofSize(size)
        .withSpecialTokens(special)
        .withMinimumFrequency(config.minimumFrequency())
        .withAlphabetLimit(config.alphabetLimit())
        .withMaximumTokenLength(config.maximumTokenLength());
  }

  private Tokenizer learn(Corpus corpus, TokenizerPreset preset, double heldOut) {
    long border = heldOut == 0 ? Long.MAX_VALUE : (long) (characters(corpus) * (1 - heldOut));
    try (Stream<String> texts = corpus.texts()) {
      Iterator<String> learned = new UpTo(texts.iterator(), border);
      return preset.spec(options()).learn(() -> learned, progress);
    }
  }

  private static long characters(Corpus corpus) {
    try (Stream<String> texts = corpus.texts()) {
      return texts.mapToLong(text -> text.codePointCount(0, text.length())).sum();
    }
  }

  /** Texts up to so many characters, the last one cut. */
  private static final class UpTo implements Iterator<String> {
    private final Iterator<String> texts;
    private long left;

    UpTo(Iterator<String> texts, long characters) {
      this.texts = texts;
      this.left = characters;
    }

    @Override
    public boolean hasNext() {
      return left > 0 && texts.hasNext();
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      String text = texts.next();
      int characters = text.codePointCount(0, text.length());
      String taken =
          characters <= left ? text : text.substring(0, text.offsetByCodePoints(0, (int) left));
      left -= characters;
      return taken;
    }
  }
}
