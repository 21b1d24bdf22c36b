package dev.myna.train;

import com.google.errorprone.annotations.MustBeClosed;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.ShardWriter;
import dev.myna.text.corpus.Shards;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/** The texts that a model is tested on at the end, as tokens. */
final class TestShards {
  private TestShards() {}

  @MustBeClosed
  static Shards of(DataConfig data, Tokenizer tokenizer, Path folder) {
    Path file = folder.resolve("data/test.tokens");
    Corpus corpus = Corpus.of(data.test(), data.field());
    try (Stream<String> texts = corpus.texts();
        ShardWriter writer =
            new ShardWriter(file, tokenizer.vocabularySize(), tokenizer.fingerprint())) {
      for (Iterator<String> each = texts.iterator(); each.hasNext(); ) {
        String text = each.next();
        int[] ids = tokenizer.idsOfAll(text);
        writer.write(
            ids,
            ids.length,
            text.getBytes(StandardCharsets.UTF_8).length,
            text.codePointCount(0, text.length()),
            1);
      }
      writer.finish();
    }
    return Shards.open(file, tokenizer.fingerprint());
  }
}
