package dev.myna.text;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.myna.text.decode.Decoder;
import dev.myna.text.decode.FuseDecoder;
import dev.myna.text.format.VocabularyFiles;
import dev.myna.text.json.SettingsJson;
import dev.myna.text.json.TokenizerJson;
import dev.myna.text.model.Bpe;
import dev.myna.text.model.BpeOptions;
import dev.myna.text.model.Model;
import dev.myna.text.model.Tokens;
import dev.myna.text.model.Vocabulary;
import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.Normalizer;
import dev.myna.text.process.PostProcessor;
import dev.myna.text.split.PreTokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Text to ids and back: five stages and the tokens added around them. Immutable and safe for any
 * number of threads. Agrees with Hugging Face Tokenizers on ids, tokens, offsets and decoded text.
 */
public final class Tokenizer {
  private static final int LARGEST_ID = 100_000_000;

  /** Idle workers that are kept with their caches. */
  private static final int MOST_IDLE = Runtime.getRuntime().availableProcessors();

  private static final int SHARES = 16; // of many texts, for each core

  private final Model model;
  private final @Nullable Normalizer normalizer;
  private final @Nullable PreTokenizer preTokenizer;
  private final @Nullable PostProcessor postProcessor;
  private final @Nullable Decoder decoder;
  private final @Nullable Truncation truncation;
  private final @Nullable Padding padding;
  private final List<AddedToken> addedTokens;
  private final Map<Integer, String> addedById = new HashMap<>();
  private final Map<String, AddedToken> addedByContent = new HashMap<>();
  private final int vocabularySize;
  private final InvalidText invalidText;
  private final @Nullable String settings;
  private final AddedVocabulary added;
  private final Queue<Worker> encoders = new ConcurrentLinkedQueue<>();
  private final Queue<Worker> idWorkers = new ConcurrentLinkedQueue<>();

  private Tokenizer(Builder b) {
    if (b.model == null) {
      throw new IllegalArgumentException("a tokenizer needs a model");
    }
    model = b.model;
    normalizer = b.normalizer;
    preTokenizer = b.preTokenizer;
    postProcessor = b.postProcessor;
    decoder = b.decoder;
    truncation = b.truncation;
    padding = b.padding;
    addedTokens = List.copyOf(b.addedTokens);
    int size = model.vocabulary().ids();
    for (AddedToken token : addedTokens) {
      if (token.id() < 0 || token.id() > LARGEST_ID) {
        throw new TokenizerException(
            "the id of an added token lies between 0 and %d, \"%s\" has %d"
                .formatted(LARGEST_ID, token.content(), token.id()));
      }
      String text =
          token.normalized() && normalizer != null
              ? normalizer.normalize(token.content())
              : token.content();
      addedById.put(token.id(), text);
      addedByContent.put(token.content(), token);
      size = Math.max(size, token.id() + 1);
    }
    vocabularySize = size;
    invalidText = b.invalidText;
    settings = b.settings;
    added = new AddedVocabulary(addedTokens, normalizer);
  }

  /**
   * Loads a {@code tokenizer.json}, or the vocabulary of another system ({@link VocabularyFiles}),
   * or the first of them that a folder holds.
   *
   * @throws TokenizerException where there is none or it is damaged
   */
  public static Tokenizer load(Path folderOrFile) {
    Tokenizer tokenizer = VocabularyFiles.open(folderOrFile);
    if (!Files.isDirectory(folderOrFile)) {
      return tokenizer;
    }
    Builder builder = tokenizer.toBuilder();
    builder.settings = SettingsJson.read(folderOrFile);
    return builder.build();
  }

  /**
   * Writes {@code tokenizer.json} and {@code tokenizer_config.json} into a folder, which is made
   * where it is missing. Settings that the tokenizer was loaded with, its chat template among them,
   * are written as they were.
   */
  public void save(Path folder) {
    TokenizerJson.write(this, folder.resolve("tokenizer.json"));
    SettingsJson.write(this, settings, folder);
  }

  /**
   * A tokenizer of single characters: the special tokens, then the code points of {@code text} in
   * their order. Characters that the text lacks become {@code unknown}, or are dropped where that
   * is null.
   */
  public static Tokenizer characters(
      String text, List<String> specialTokens, @Nullable String unknown) {
    List<String> tokens = new ArrayList<>(specialTokens);
    text.codePoints().distinct().sorted().mapToObj(Character::toString).forEach(tokens::add);
    BpeOptions options = BpeOptions.PLAIN.withUnknown(unknown);
    Builder builder = builder();
    builder.model(new Bpe(Vocabulary.of(tokens), List.of(), options));
    builder.decoder(new FuseDecoder());
    List<AddedToken> added = new ArrayList<>();
    for (String token : specialTokens) {
      added.add(AddedToken.special(token, added.size()));
    }
    return builder.addedTokens(added).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins as this tokenizer. */
  public Builder toBuilder() {
    Builder b = new Builder();
    b.model = model;
    b.normalizer = normalizer;
    b.preTokenizer = preTokenizer;
    b.postProcessor = postProcessor;
    b.decoder = decoder;
    b.truncation = truncation;
    b.padding = padding;
    b.addedTokens = addedTokens;
    b.invalidText = invalidText;
    b.settings = settings;
    return b;
  }

  public Model model() {
    return model;
  }

  public Optional<Normalizer> normalizer() {
    return Optional.ofNullable(normalizer);
  }

  public Optional<PreTokenizer> preTokenizer() {
    return Optional.ofNullable(preTokenizer);
  }

  public Optional<PostProcessor> postProcessor() {
    return Optional.ofNullable(postProcessor);
  }

  public Optional<Decoder> decoder() {
    return Optional.ofNullable(decoder);
  }

  public Optional<Truncation> truncation() {
    return Optional.ofNullable(truncation);
  }

  public Optional<Padding> padding() {
    return Optional.ofNullable(padding);
  }

  public List<AddedToken> addedTokens() {
    return addedTokens;
  }

  /** The number of ids: the largest one, added tokens included, and one. */
  public int vocabularySize() {
    return vocabularySize;
  }

  public OptionalInt id(String token) {
    AddedToken added = addedByContent.get(token);
    int id = added != null ? added.id() : model.vocabulary().id(token);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * The token of an id, in normalised form if it is an added token that is looked for in normalised
   * text; ids without a token are refused.
   */
  public String token(int id) {
    String added = addedById.get(id);
    String token = added != null ? added : model.vocabulary().token(id);
    if (token == null) {
      throw new TokenizerException(
          "id %d is not in the vocabulary of %d ids".formatted(id, vocabularySize));
    }
    return token;
  }

  /** How an id is written in encodings: as the model's vocabulary has it, if it does. */
  String surface(int id) {
    String token = model.vocabulary().token(id);
    return token != null ? token : token(id);
  }

  /** Encodes a text with the special tokens of the post-processor. */
  public Encoding encode(String text) {
    return encode(text, true);
  }

  public Encoding encode(String text, boolean specialTokens) {
    return padded(List.of(finish(List.of(plain(text)), specialTokens))).getFirst();
  }

  /** Encodes two texts as one, as the post-processor joins them. */
  public Encoding encode(String text, String pair, boolean specialTokens) {
    List<Encoding> both = List.of(plain(text), plain(pair).withTypeId(1));
    return padded(List.of(finish(both, specialTokens))).getFirst();
  }

  /**
   * Encodes two texts as one, as the post-processor joins them, the second in windows that overlap
   * where both are too long; the first keeps no more than half of the room. Truncation and padding
   * of the tokenizer itself do not count.
   *
   * @param longest most tokens of a window, special ones included
   * @param stride how many tokens of the second text a window shares with the one before
   * @return at least one
   * @throws TokenizerException if the stride leaves no room for further tokens
   */
  public List<Encoding> windows(String text, String pair, int longest, int stride) {
    int added = postProcessor == null ? 0 : postProcessor.added(true);
    Truncation cut =
        new Truncation(
            longest, Truncation.Strategy.ONLY_SECOND, stride, Truncation.Direction.RIGHT);
    Encoding first = plain(text).first(Math.max(0, (longest - added) / 2));
    List<Encoding> both = cut.apply(List.of(first, plain(pair).withTypeId(1)), added);
    Encoding joined = joined(both, true);
    return Stream.concat(Stream.of(joined), joined.overflowing().stream()).toList();
  }

  /** Encodes many texts on all cores; padding, if any, is to the longest of them. */
  public List<Encoding> encodeAll(List<String> texts, boolean specialTokens) {
    return padded(
        texts.parallelStream().map(text -> finish(List.of(plain(text)), specialTokens)).toList());
  }

  /** The ids of many texts on all cores, as {@link #ids} gives them. */
  public List<int[]> idsOfAll(List<String> texts) {
    String[] all = texts.toArray(String[]::new);
    int[][] ids = new int[all.length][];
    int shares = Math.min(all.length, MOST_IDLE * SHARES);
    IntStream.range(0, shares)
        .parallel()
        .forEach(
            share -> {
              int from = (int) ((long) all.length * share / shares);
              int to = (int) ((long) all.length * (share + 1) / shares);
              fill(ids, all, from, to);
            });
    return List.of(ids);
  }

  /** One worker for neighbouring texts: the words that it remembers stay in one core's cache. */
  private void fill(int[][] ids, String[] texts, int from, int to) {
    Worker polled = idWorkers.poll();
    Worker worker = polled != null ? polled : new Worker(this, added, false);
    try {
      for (int i = from; i < to; i++) {
        worker.run(texts[i], invalidText);
        ids[i] = worker.tokens.ids();
      }
    } finally {
      giveBack(worker, idWorkers);
    }
  }

  private Encoding finish(List<Encoding> texts, boolean specialTokens) {
    List<Encoding> encodings = texts;
    if (truncation != null) {
      PostProcessor adds = specialTokens ? postProcessor : null;
      encodings = truncation.apply(texts, adds == null ? 0 : adds.added(texts.size() == 2));
    }
    return joined(encodings, specialTokens);
  }

  private Encoding joined(List<Encoding> encodings, boolean specialTokens) {
    return Encoding.merge(
        postProcessor == null
            ? Encoding.withSequences(encodings)
            : postProcessor.process(encodings, specialTokens));
  }

  private List<Encoding> padded(List<Encoding> encodings) {
    return padding == null ? encodings : padding.apply(encodings);
  }

  private Encoding plain(String text) {
    Worker polled = encoders.poll();
    Worker worker = polled != null ? polled : new Worker(this, added, true);
    try {
      worker.run(text, invalidText);
      Tokens tokens = worker.tokens;
      String[] strings = new String[tokens.size()];
      for (int i = 0; i < strings.length; i++) {
        String own = tokens.text(i);
        strings[i] = own != null ? own : surface(tokens.id(i));
      }
      int[] starts = tokens.starts();
      int[] ends = tokens.ends();
      CodePoints.count(text, starts, ends);
      return new Encoding.Builder(tokens.ids(), strings, starts, ends, worker.wordIds(), text)
          .build();
    } finally {
      giveBack(worker, encoders);
    }
  }

  private static void giveBack(Worker worker, Queue<Worker> workers) {
    worker.trim();
    if (workers.size() < MOST_IDLE) {
      workers.offer(worker);
    }
  }

  /** The ids of a text alone: no special tokens are put around it. The fastest way. */
  public int[] ids(String text) {
    int[][] ids = new int[1][];
    fill(ids, new String[] {text}, 0, 1);
    return ids[0];
  }

  /**
   * The ids of a text alone, of which nothing may be lost: {@link #ids} of a character tokenizer
   * that has no unknown token leaves out what it does not know.
   *
   * @throws TokenizerException that names the first such character
   */
  public int[] idsOfAll(String text) {
    int[] ids = ids(text);
    boolean characters =
        model instanceof Bpe bpe
            && bpe.merges().isEmpty()
            && bpe.options().unknown() == null
            && !bpe.options().byteFallback()
            && preTokenizer == null
            && normalizer == null;
    if (!characters || ids.length == text.codePointCount(0, text.length())) {
      return ids;
    }
    int reached = 0;
    for (int i = 0; i < ids.length && text.startsWith(token(ids[i]), reached); i++) {
      reached += token(ids[i]).length();
    }
    if (reached < text.length()) {
      int lost = text.codePointAt(reached);
      throw new TokenizerException(
          "\"%s\" (U+%04X) is no character of this tokenizer; leave it out, or learn a tokenizer from text that has it"
              .formatted(Character.toString(lost), lost));
    }
    return ids;
  }

  /**
   * The pieces of a text as the model gets them, normalised and cut; special tokens are not looked
   * for.
   */
  public List<String> pieces(String text) {
    char[] chars = text.toCharArray();
    AlignedText whole = AlignedText.of(chars, 0, chars.length);
    if (normalizer != null) {
      normalizer.normalize(whole);
    }
    List<AlignedText> pieces = new ArrayList<>();
    if (preTokenizer == null || whole.length() == 0) {
      pieces.add(whole);
    } else {
      preTokenizer.split(whole, pieces);
    }
    return pieces.stream()
        .filter(piece -> piece.length() > 0)
        .map(piece -> new String(piece.array(), 0, piece.length()))
        .toList();
  }

  /** The text of ids, special tokens left out. */
  public String decode(int... ids) {
    return decode(ids, true);
  }

  public String decode(int[] ids, boolean skipSpecialTokens) {
    List<String> tokens = new ArrayList<>(ids.length);
    for (int id : ids) {
      String token = token(id);
      AddedToken added = addedByContent.get(token);
      if (!(skipSpecialTokens && added != null && added.special())) {
        tokens.add(token);
      }
    }
    return decoder == null ? String.join(" ", tokens) : String.join("", decoder.decode(tokens));
  }

  /** A decoder for ids that come one by one, special tokens left out. */
  public TokenStream stream() {
    return new TokenStream(this, true);
  }

  /** SHA-256 in hexadecimal digits of everything that decides ids. */
  public String fingerprint() {
    try {
      byte[] bytes = TokenizerJson.canonical(this).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Tokenizer[%s, %d ids]".formatted(model.getClass().getSimpleName(), vocabularySize);
  }

  /** Gathers the stages of a tokenizer. */
  public static final class Builder {
    private @Nullable Model model;
    private @Nullable Normalizer normalizer;
    private @Nullable PreTokenizer preTokenizer;
    private @Nullable PostProcessor postProcessor;
    private @Nullable Decoder decoder;
    private @Nullable Truncation truncation;
    private @Nullable Padding padding;
    private List<AddedToken> addedTokens = List.of();
    private InvalidText invalidText = InvalidText.REFUSE;
    private @Nullable String settings;

    private Builder() {}

    @CanIgnoreReturnValue
    public Builder model(Model model) {
      this.model = model;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder normalizer(@Nullable Normalizer normalizer) {
      this.normalizer = normalizer;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder preTokenizer(@Nullable PreTokenizer preTokenizer) {
      this.preTokenizer = preTokenizer;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder postProcessor(@Nullable PostProcessor postProcessor) {
      this.postProcessor = postProcessor;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder decoder(@Nullable Decoder decoder) {
      this.decoder = decoder;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder addedTokens(List<AddedToken> addedTokens) {
      this.addedTokens = Arrays.asList(addedTokens.toArray(new AddedToken[0]));
      return this;
    }

    /** How long texts are cut by {@link Tokenizer#encode}; null leaves them. */
    @CanIgnoreReturnValue
    public Builder truncation(@Nullable Truncation truncation) {
      this.truncation = truncation;
      return this;
    }

    /** How short texts are filled up by {@link Tokenizer#encode}; null leaves them. */
    @CanIgnoreReturnValue
    public Builder padding(@Nullable Padding padding) {
      this.padding = padding;
      return this;
    }

    /** What becomes of half a surrogate pair; refused unless this says otherwise. */
    @CanIgnoreReturnValue
    public Builder invalidText(InvalidText invalidText) {
      this.invalidText = invalidText;
      return this;
    }

    public Tokenizer build() {
      return new Tokenizer(this);
    }
  }
}
