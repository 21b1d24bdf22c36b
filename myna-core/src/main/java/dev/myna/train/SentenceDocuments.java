package dev.myna.train;

import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Texts as documents of sentences of ids. A document ends at an empty line; a sentence ends with
 * its line, or with a full stop, question or exclamation mark before a space.
 */
record SentenceDocuments(Tokenizer tokenizer) {
  private static final Pattern END = Pattern.compile("(?<=[.!?…]['\"”’)]{0,2}) +(?=[^a-zа-я])");

  List<List<int[]>> of(Corpus corpus) {
    List<List<int[]>> documents = new ArrayList<>();
    try (Stream<String> texts = corpus.texts()) {
      for (Iterator<String> each = texts.iterator(); each.hasNext(); ) {
        List<int[]> open = new ArrayList<>();
        for (Iterator<String> lines = each.next().lines().iterator(); lines.hasNext(); ) {
          String line = lines.next().strip();
          if (line.isEmpty()) {
            documents.add(open);
            open = new ArrayList<>();
          } else {
            add(line, open);
          }
        }
        documents.add(open);
      }
    }
    documents.removeIf(List::isEmpty);
    return documents;
  }

  private void add(String line, List<int[]> sentences) {
    for (String sentence : END.split(line)) {
      int[] ids = tokenizer.ids(sentence);
      if (ids.length > 0) {
        sentences.add(ids);
      }
    }
  }
}
