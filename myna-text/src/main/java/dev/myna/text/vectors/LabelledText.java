package dev.myna.text.vectors;

import dev.myna.Progress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * fastText's classifier for texts and labels held in memory; labels may be any strings.
 *
 * <p>Texts are split at white space alone, as by the program, unless the model was {@linkplain
 * #trainOnPlainWords trained on plain words}: then it takes the {@link PlainWords} of each text
 * that it is asked about, and its file says so in a few bytes behind the model, which the program
 * passes over. A model's file holds labels with their white space as %20, %09 and the like; other
 * labels stand there as they are.
 */
public final class LabelledText {
  /** What the file of a model of plain words ends in. */
  private static final byte[] PLAIN_WORDS =
      "\nmyna: plain words\n".getBytes(StandardCharsets.UTF_8);

  private final FastText model;
  private final boolean plainWords;

  private LabelledText(FastText model, boolean plainWords) {
    this.model = model;
    this.plainWords = plainWords;
  }

  /**
   * Learns to tell labels from texts.
   *
   * @param labels one a text
   * @param config supervised settings
   * @throws VectorsException if the texts hold no word
   */
  public static LabelledText train(
      List<String> texts, List<String> labels, FastTextConfig config, Progress progress)
      throws IOException {
    if (texts.size() != labels.size() || texts.isEmpty()) {
      throw new IllegalArgumentException(
          "as many labels as texts and at least one were wanted, found %d texts and %d labels"
              .formatted(texts.size(), labels.size()));
    }
    requireSupervised(config);
    Path file = Files.createTempFile("myna-labelled", ".txt");
    try {
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        for (int i = 0; i < texts.size(); i++) {
          String line = texts.get(i).replaceAll("\\s+", " ").replace(config.label(), " ");
          out.write(config.label() + escaped(labels.get(i)) + " " + line + "\n");
        }
      }
      return new LabelledText(FastText.train(file, config, progress), false);
    } catch (VectorsException e) {
      String said = String.valueOf(e.getMessage());
      throw new VectorsException(said.replace(file.toString(), "the list of texts"), e);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Learns to tell labels from the {@link PlainWords} of texts, and takes those of texts to be
   * labelled too.
   *
   * @param labels one a text
   * @param config supervised settings
   * @throws VectorsException if the texts hold no word
   */
  public static LabelledText trainOnPlainWords(
      List<String> texts, List<String> labels, FastTextConfig config, Progress progress)
      throws IOException {
    List<String> plain = texts.stream().map(PlainWords::of).toList();
    return new LabelledText(train(plain, labels, config, progress).model, true);
  }

  /**
   * Reads a supervised model, Myna's or the fastText program's.
   *
   * @throws VectorsException if the file is cut off or of another kind
   */
  public static LabelledText load(Path file) throws IOException {
    FastText model = FastText.load(file);
    requireSupervised(model.config());
    return new LabelledText(model, endsInPlainWords(file));
  }

  private static boolean endsInPlainWords(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer end = ByteBuffer.allocate(PLAIN_WORDS.length);
      int read = channel.read(end, Math.max(0, channel.size() - end.capacity()));
      return read == PLAIN_WORDS.length && Arrays.equals(end.array(), PLAIN_WORDS);
    }
  }

  /** Writes the model as fastText's {@code .bin}. */
  public void save(Path file) throws IOException {
    FastTextFile.write(model, plainWords ? PLAIN_WORDS : new byte[0], file);
  }

  private static void requireSupervised(FastTextConfig config) {
    if (config.model() != FastTextConfig.Model.SUPERVISED) {
      throw new VectorsException(
          "a supervised fastText model was wanted, found %s; train one with labelled texts"
              .formatted(config.model()));
    }
  }

  /** The most probable labels of a text, the most probable first. */
  public List<Prediction> predict(String text, int count) {
    return model.predict(plainWords ? PlainWords.of(text) : text, count).stream()
        .map(found -> new Prediction(plain(found.label()), found.probability()))
        .toList();
  }

  /** The most probable label. */
  public String predict(String text) {
    return answer(predict(text, model.labels().size()));
  }

  /**
   * The label that predictions, the most probable first, speak for: of equally probable ones the
   * last, as the program has it where it is asked for one label. Probabilities of negative sampling
   * and of one label against all come from a table that ends, and are often equal.
   */
  public static String answer(List<Prediction> found) {
    double highest = found.getFirst().probability();
    String label = found.getFirst().label();
    for (Prediction prediction : found) {
      label = prediction.probability() == highest ? prediction.label() : label;
    }
    return label;
  }

  /** The labels, the most frequent first. */
  public List<String> labels() {
    return model.labels().stream().map(LabelledText::plain).toList();
  }

  public FastText model() {
    return model;
  }

  private static String escaped(String label) {
    var escaped = new StringBuilder();
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      boolean parts = c < 128 && WordReader.separates((byte) c);
      escaped.append(parts || c == '%' ? String.format("%%%02x", (int) c) : String.valueOf(c));
    }
    return escaped.toString();
  }

  private static String plain(String label) {
    var plain = new StringBuilder();
    for (int i = 0; i < label.length(); i++) {
      int code = code(label, i);
      plain.append(code < 0 ? label.charAt(i) : (char) code);
      i += code < 0 ? 0 : 2;
    }
    return plain.toString();
  }

  /** The character that an escape here stands for, or -1. */
  private static int code(String label, int at) {
    if (label.charAt(at) != '%' || at + 2 >= label.length()) {
      return -1;
    }
    int high = Character.digit(label.charAt(at + 1), 16);
    int low = Character.digit(label.charAt(at + 2), 16);
    int code = 16 * high + low;
    boolean ours = high >= 0 && low >= 0 && (code == '%' || WordReader.separates((byte) code));
    return ours ? code : -1;
  }
}
