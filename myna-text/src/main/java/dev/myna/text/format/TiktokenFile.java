package dev.myna.text.format;

import dev.myna.text.TokenizerException;
import dev.myna.text.normalize.ByteAlphabet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Ranks of tiktoken: a token in base64 and its rank a line. */
final class TiktokenFile {
  private TiktokenFile() {}

  /** Reads the file; which encoding it is shows in the number of its ranks. */
  static ObjectNode read(Path file) {
    Map<String, Integer> ranks = ranks(file);
    return json(ranks, encoding(file, ranks.size()));
  }

  /** How an encoding cuts text, and its special tokens. */
  private record Encoding(String pattern, Map<String, Integer> special) {}

  private static Encoding encoding(Path file, int ranks) {
    return switch (ranks) {
      case 50_256 -> new Encoding(Patterns.GPT2, Map.of("<|endoftext|>", 50_256));
      case 50_280 -> new Encoding(Patterns.GPT2, Map.of("<|endoftext|>", 50_256));
      case 100_256 ->
          new Encoding(
              Patterns.CL100K,
              Map.of(
                  "<|endoftext|>",
                  100_257,
                  "<|fim_prefix|>",
                  100_258,
                  "<|fim_middle|>",
                  100_259,
                  "<|fim_suffix|>",
                  100_260,
                  "<|endofprompt|>",
                  100_276));
      case 199_998 ->
          new Encoding(
              Patterns.O200K, Map.of("<|endoftext|>", 199_999, "<|endofprompt|>", 200_018));
      case 128_000 -> new Encoding(Patterns.CL100K, llama3());
      case 151_643 ->
          new Encoding(
              Patterns.QWEN,
              Map.of("<|endoftext|>", 151_643, "<|im_start|>", 151_644, "<|im_end|>", 151_645));
      default ->
          throw new TokenizerException(
              "%s has %d ranks; r50k, p50k, cl100k, o200k, LLaMA 3's and Qwen's are known, use a tokenizer.json for others"
                  .formatted(file, ranks));
    };
  }

  private static Map<String, Integer> llama3() {
    List<String> tokens =
        new ArrayList<>(
            List.of(
                "<|begin_of_text|>",
                "<|end_of_text|>",
                "<|reserved_special_token_0|>",
                "<|reserved_special_token_1|>",
                "<|finetune_right_pad_id|>",
                "<|step_id|>",
                "<|start_header_id|>",
                "<|end_header_id|>",
                "<|eom_id|>",
                "<|eot_id|>",
                "<|python_tag|>"));
    for (int i = 2; tokens.size() < 256; i++) {
      tokens.add("<|reserved_special_token_" + i + "|>");
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    tokens.forEach(token -> ids.put(token, 128_000 + ids.size()));
    return ids;
  }

  private static ObjectNode json(Map<String, Integer> ranks, Encoding encoding) {
    Draft draft = new Draft();
    draft.byteLevelStages(List.of(encoding.pattern()));
    ObjectNode model = draft.bpe().put("ignore_merges", true);
    Map<String, Integer> ids = new LinkedHashMap<>(ranks);
    encoding.special().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(
            special -> {
              draft.add(special.getKey(), special.getValue(), true);
              ids.put(special.getKey(), special.getValue());
            });
    Draft.vocabulary(model, ids);
    SplitMerges.add(List.copyOf(ranks.keySet()), ranks, model);
    return draft.json();
  }

  /** Tokens in the byte alphabet, by rising rank. */
  private static Map<String, Integer> ranks(Path file) {
    List<String> lines = TextFiles.lines(file);
    Map<String, Integer> ranks = LinkedHashMap.newLinkedHashMap(lines.size());
    int last = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isEmpty()) {
        continue;
      }
      int space = line.indexOf(' ');
      try {
        byte[] bytes = Base64.getDecoder().decode(line.substring(0, Math.max(0, space)));
        int rank = Integer.parseInt(line.substring(space + 1));
        if (rank <= last || ranks.put(alphabet(bytes), rank) != null) {
          throw new IllegalArgumentException("ranks must rise and tokens differ");
        }
        last = rank;
      } catch (IllegalArgumentException e) {
        throw new TokenizerException(
            "%s, line %d: a token in base64 and a rank above %d were wanted, found \"%s\""
                .formatted(file, i + 1, last, line.substring(0, Math.min(60, line.length()))),
            e);
      }
    }
    return ranks;
  }

  private static String alphabet(byte[] bytes) {
    StringBuilder token = new StringBuilder();
    for (byte b : bytes) {
      token.append(ByteAlphabet.charOf(b));
    }
    return token.toString();
  }
}
