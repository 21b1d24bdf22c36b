package dev.myna.text.format;

import dev.myna.text.TokenizerException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Vocabularies of two files, ids as JSON and merges one a line: GPT-2's and RoBERTa's {@code
 * vocab.json} and {@code merges.txt}, GPT-1's {@code encoder_bpe_40000.json} and {@code
 * vocab_40000.bpe}.
 */
final class MergeFiles {
  private static final List<String> ROBERTA = List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>");
  private static final String END_OF_WORD = "</w>";

  private MergeFiles() {}

  /** GPT-1 where tokens end in {@code </w>}, else byte-level. */
  static ObjectNode read(Path vocabulary, Path merges) {
    Map<String, Integer> ids = TextFiles.ids(vocabulary);
    Draft draft = new Draft();
    ObjectNode model = draft.bpe();
    Draft.vocabulary(model, ids);
    readMerges(merges, ids, model);
    if (ids.keySet().stream().anyMatch(t -> t.endsWith(END_OF_WORD) && t.length() > 4)) {
      model.put("unk_token", "<unk>").put("end_of_word_suffix", END_OF_WORD);
      draft.normalizer(BertFile.normalizer(true));
      draft.preTokenizer(Draft.type("BertPreTokenizer"));
      draft.decoder(Draft.type("BPEDecoder").put("suffix", END_OF_WORD));
      addSpecial(draft, ids, List.of("<unk>"));
    } else {
      draft.byteLevelStages(List.of(Patterns.GPT2));
      if (ids.keySet().containsAll(ROBERTA)) {
        roberta(draft, ids);
      } else {
        addSpecial(
            draft,
            ids,
            ids.keySet().stream().filter(t -> t.startsWith("<|") && t.endsWith("|>")).toList());
      }
    }
    return draft.json();
  }

  private static void roberta(Draft draft, Map<String, Integer> ids) {
    addSpecial(draft, ids, ROBERTA);
    ObjectNode processor = Draft.type("RobertaProcessing");
    processor.putArray("sep").add("</s>").add(ids.getOrDefault("</s>", 2));
    processor.putArray("cls").add("<s>").add(ids.getOrDefault("<s>", 0));
    draft.postProcessor(processor.put("trim_offsets", true).put("add_prefix_space", false));
  }

  private static void addSpecial(Draft draft, Map<String, Integer> ids, List<String> tokens) {
    for (String token : tokens) {
      Integer id = ids.get(token);
      if (id != null) {
        draft.add(token, id, true);
      }
    }
  }

  private static void readMerges(Path file, Map<String, Integer> ids, ObjectNode model) {
    List<String> lines = TextFiles.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isEmpty() || (i == 0 && line.startsWith("#version"))) {
        continue;
      }
      int space = line.indexOf(' ');
      String left = space < 0 ? line : line.substring(0, space);
      String right = space < 0 ? "" : line.substring(space + 1);
      if (right.isEmpty() || right.indexOf(' ') >= 0) {
        throw new TokenizerException(
            "%s, line %d: two tokens with a space between them were wanted, found \"%s\""
                .formatted(file, i + 1, line));
      }
      for (String token : List.of(left, right, left + right)) {
        if (!ids.containsKey(token)) {
          throw new TokenizerException(
              "%s, line %d: \"%s\" is not in the vocabulary; the two files do not belong together"
                  .formatted(file, i + 1, token));
        }
      }
      Draft.merge(model, left, right);
    }
  }
}
