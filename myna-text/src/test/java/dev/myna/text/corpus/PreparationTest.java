package dev.myna.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.MynaException;
import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  private static final Preparation.Sizes SMALL = new Preparation.Sizes(2_000, 20_000);

  @TempDir Path folder;

  @Test
  void theLastTenthOfShakespeareIsHeldOutAsEverywhere() {
    Prepared prepared =
        preparation(Corpus.tinyShakespeare(), Encoders.gpt2(), Split.fraction(0.1)).into(out());
    String text;
    try (Stream<String> texts = Corpus.tinyShakespeare().texts()) {
      text = String.join("", texts.toList());
    }
    try (Shards training = prepared.openTraining();
        Shards heldOut = prepared.openHeldOut()) {
      assertThat(training.characters()).isEqualTo(1_003_854);
      assertThat(heldOut.characters()).isEqualTo(111_540);
      assertThat(training.bytes() + heldOut.bytes()).isEqualTo(1_115_394);
      assertThat(training.files()).hasSizeGreaterThan(5);
      assertThat(all(training))
          .isEqualTo(Encoders.gpt2().ids().apply(text.substring(0, 1_003_854)));
      assertThat(all(heldOut)).isEqualTo(Encoders.gpt2().ids().apply(text.substring(1_003_854)));
    }
  }

  @Test
  void characterBoundariesAreCodePoints() throws IOException {
    Corpus corpus = corpus("a.txt", "\uD83D\uDC26".repeat(7) + "abc");
    Prepared prepared = preparation(corpus, Encoders.characters(), Split.fraction(0.5)).into(out());
    try (Shards training = prepared.openTraining();
        Shards heldOut = prepared.openHeldOut()) {
      assertThat(training.characters()).isEqualTo(5);
      assertThat(training.bytes()).isEqualTo(20);
      assertThat(heldOut.characters()).isEqualTo(5);
      assertThat(heldOut.bytes()).isEqualTo(11);
    }
  }

  @Test
  void jsonLinesAreNeverParted() throws IOException {
    Corpus corpus =
        corpus("a.jsonl", "{\"text\": \"abc\"}\n{\"text\": \"defg\"}\n{\"text\": \"hij\"}\n");
    Prepared prepared = preparation(corpus, Encoders.characters(), Split.fraction(0.5)).into(out());
    try (Shards training = prepared.openTraining();
        Shards heldOut = prepared.openHeldOut()) {
      assertThat(all(training)).isEqualTo("abcdefg".chars().toArray());
      assertThat(training.documents()).isEqualTo(2);
      assertThat(all(heldOut)).isEqualTo("hij".chars().toArray());
    }
  }

  @Test
  void filesCanBeHeldOut() throws IOException {
    var _ = write("a.txt", "aaa");
    Corpus held = corpus("b.txt", "bb");
    Corpus all = Corpus.of(List.of(folder.resolve("in").toString()));
    Prepared prepared = preparation(all, Encoders.characters(), Split.files(held)).into(out());
    try (Shards training = prepared.openTraining();
        Shards heldOut = prepared.openHeldOut()) {
      assertThat(all(training)).containsExactly('a', 'a', 'a');
      assertThat(all(heldOut)).containsExactly('b', 'b');
    }
  }

  @Test
  void separatorsStandWhereTheyAreWanted() throws IOException {
    Corpus corpus = corpus("a.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    int s = Encoders.SEPARATOR;
    assertThat(tokens(corpus, Separator.none())).containsExactly('a', 'b');
    assertThat(tokens(corpus, Separator.before("<end>"))).containsExactly(s, 'a', s, 'b');
    assertThat(tokens(corpus, Separator.between("<end>"))).containsExactly('a', s, 'b');
    assertThat(tokens(corpus, Separator.after("<end>"))).containsExactly('a', s, 'b', s);
    assertThatThrownBy(() -> tokens(corpus, Separator.after("<eot>")))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("<eot>");
  }

  private int[] tokens(Corpus corpus, Separator separator) {
    Prepared prepared =
        new Preparation(
                corpus, Encoders.characters(), Split.none(), separator, Progress.NONE, SMALL)
            .into(out());
    try (Shards training = prepared.openTraining()) {
      assertThat(training.bytes()).isEqualTo(2);
      return all(training);
    }
  }

  @Test
  void aFinishedPreparationIsReusedUntilItsInputChanges() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    Encoder counting = counting(calls, Integer.MAX_VALUE);
    Corpus corpus = corpus("a.txt", "some text\n".repeat(1_000));
    Prepared first = preparation(corpus, counting, Split.fraction(0.1)).into(out());
    int once = calls.get();
    assertThat(preparation(corpus, counting, Split.fraction(0.1)).into(out())).isEqualTo(first);
    assertThat(calls).hasValue(once);
    assertThat(Prepared.open(out())).isEqualTo(first);

    Files.setLastModifiedTime(folder.resolve("in/a.txt"), FileTime.fromMillis(1_000));
    Corpus changed = Corpus.of(List.of(folder.resolve("in").toString()));
    Prepared second = preparation(changed, counting, Split.fraction(0.1)).into(out());
    assertThat(calls).hasValueGreaterThan(once);
    assertThat(second.key()).isNotEqualTo(first.key());
    assertThat(shardNames()).containsExactlyInAnyOrderElementsOf(names(second));
  }

  @Test
  void damagedShardsAreNamedAndMadeAgain() throws IOException {
    Corpus corpus = corpus("a.txt", "some text\n".repeat(10_000));
    Prepared first = preparation(corpus, Encoders.gpt2(), Split.none()).into(out());
    Path shard = out().resolve(first.training().getFirst());
    byte[] good = Files.readAllBytes(shard);
    byte[] bad = good.clone();
    bad[good.length / 2] ^= 4;
    Files.write(shard, bad);
    List<String> notes = new ArrayList<>();
    Progress hearing =
        new Progress() {
          @Override
          public void at(String what, long done, long total) {}

          @Override
          public void noted(String line) {
            notes.add(line);
          }
        };
    assertThat(
            new Preparation(corpus, Encoders.gpt2(), Split.none(), Separator.none(), hearing, SMALL)
                .into(out()))
        .isEqualTo(first);
    assertThat(Files.readAllBytes(shard)).isEqualTo(good);
    assertThat(notes).singleElement().asString().contains(shard.toString(), "is damaged");
  }

  @Test
  void anInterruptedPreparationGoesOnAndLosesNothing() throws IOException {
    Corpus earlier = corpus("b.txt", "an earlier text\n".repeat(100));
    Prepared before = preparation(earlier, Encoders.gpt2(), Split.none()).into(out());

    Corpus corpus = Corpus.tinyShakespeare();
    AtomicInteger whole = new AtomicInteger();
    Prepared wanted =
        preparation(corpus, counting(whole, Integer.MAX_VALUE), Split.fraction(0.1))
            .into(folder.resolve("wanted"));

    Encoder failing = counting(new AtomicInteger(), whole.get() / 2);
    assertThatThrownBy(() -> preparation(corpus, failing, Split.fraction(0.1)).into(out()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Prepared.open(out())).isEqualTo(before);
    try (Shards shards = before.openTraining()) {
      assertThat(shards.segments()).isNotEmpty();
    }

    AtomicInteger rest = new AtomicInteger();
    Prepared done =
        preparation(corpus, counting(rest, Integer.MAX_VALUE), Split.fraction(0.1)).into(out());
    assertThat(done.training()).isEqualTo(wanted.training());
    for (String name : names(done)) {
      assertThat(out().resolve(name)).hasSameBinaryContentAs(folder.resolve("wanted", name));
    }
    // Looking for places to part the text costs calls as well; the encoding itself is not repeated.
    assertThat(rest.get()).isLessThan(whole.get());
    assertThat(shardNames()).containsExactlyInAnyOrderElementsOf(names(done));
  }

  @Test
  void anInterruptStopsIt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(
              () ->
                  preparation(Corpus.tinyShakespeare(), Encoders.gpt2(), Split.fraction(0.1))
                      .into(out()))
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void partsWithoutTextAreRefused() throws IOException {
    Corpus empty = corpus("a.txt", "");
    assertThatThrownBy(() -> preparation(empty, Encoders.gpt2(), Split.none()).into(out()))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("no text to learn from");
    Corpus line = corpus("b.jsonl", "{\"text\": \"only one\"}");
    assertThatThrownBy(() -> preparation(line, Encoders.gpt2(), Split.fraction(0.1)).into(out()))
        .hasMessageContaining("no text held out");
    assertThatThrownBy(() -> Prepared.open(out())).hasMessageContaining("no prepared corpus");
    assertThatThrownBy(() -> Split.fraction(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileThatChangesMeanwhileIsNoticed() throws IOException {
    Corpus corpus = corpus("a.txt", "text\n".repeat(100));
    Files.writeString(folder.resolve("in/a.txt"), "other text\n");
    assertThatThrownBy(() -> preparation(corpus, Encoders.gpt2(), Split.none()).into(out()))
        .hasMessageContainingAll("a.txt", "was changed");
  }

  @Test
  void textThatTheTokenizerRefusesIsNamed() throws IOException {
    Encoder refusing =
        Encoders.encoder(
            "refusing",
            text -> {
              throw new MynaException("No token stands for it.");
            });
    for (String text : List.of("short", "long\n".repeat(3_000))) {
      Corpus corpus = corpus("a.txt", text);
      assertThatThrownBy(() -> preparation(corpus, refusing, Split.none()).into(out()))
          .isInstanceOf(CorpusException.class)
          .hasMessageContainingAll("a.txt", "No token stands for it.");
    }
  }

  @Test
  void aBrokenDescriptionIsNamed() throws IOException {
    Files.createDirectories(out());
    for (String json : List.of("", "{", "[]", "{\"format\": 1, \"key\": 3}", "{\"format\": 99}")) {
      Files.writeString(out().resolve(Prepared.MANIFEST), json);
      assertThatThrownBy(() -> Prepared.open(out()))
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining(Prepared.MANIFEST);
    }
  }

  @Test
  void progressGrowsToTheEnd() {
    List<Long> seen = new ArrayList<>();
    Corpus corpus = Corpus.tinyShakespeare();
    Progress progress =
        (what, done, total) -> {
          assertThat(total).isEqualTo(corpus.bytes());
          if (what.equals("tokenizing")) {
            seen.add(done);
          }
        };
    var _ =
        new Preparation(
                corpus, Encoders.gpt2(), Split.fraction(0.1), Separator.none(), progress, SMALL)
            .into(out());
    assertThat(seen).isSorted().last().isEqualTo(corpus.bytes());
  }

  private static Preparation preparation(Corpus corpus, Encoder encoder, Split split) {
    return new Preparation(corpus, encoder, split, Separator.none(), Progress.NONE, SMALL);
  }

  /** GPT-2's words; fails at a given call. */
  private static Encoder counting(AtomicInteger calls, int last) {
    return Encoders.encoder(
        "gpt2",
        text -> {
          if (calls.incrementAndGet() > last) {
            throw new IllegalStateException("Enough.");
          }
          return Encoders.gpt2().ids().apply(text);
        });
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Corpus corpus(String name, String text) throws IOException {
    return Corpus.of(List.of(write(name, text).toString()));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve("in", name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> shardNames() throws IOException {
    try (Stream<Path> files = Files.list(out())) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.contains(".tokens")).toList();
    }
  }

  private static List<String> names(Prepared prepared) {
    return Stream.concat(prepared.training().stream(), prepared.heldOut().stream()).toList();
  }

  private static int[] all(Shards shards) {
    int[] all = new int[(int) shards.size()];
    shards.read(0, all);
    return all;
  }
}
