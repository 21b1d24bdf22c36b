package dev.myna.text.format;

import java.util.List;

/** The regular expressions by which published byte-level vocabularies cut text, by name. */
final class Patterns {
  static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  static final String CL100K =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  static final String QWEN = CL100K.replace("\\p{N}{1,3}", "\\p{N}");
  static final String O200K =
      "[^\\r"
          + "\\n"
          + "\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r"
          + "\\n"
          + "\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
          + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r"
          + "\\n"
          + "/]*|\\s*[\\r"
          + "\\n"
          + "]+|\\s+(?!\\S)|\\s+";
  private static final String PUNCTUATION = "[\\p{P}\\$\\+<=>\\^~\\|]+";

  private Patterns() {}

  /**
   * The expressions of a GGUF file's {@code tokenizer.ggml.pre}, each applied to the pieces of the
   * one before; as llama.cpp, an unknown name cuts as "default" does.
   */
  static List<String> ofGguf(String name) {
    return switch (name) {
      case "gpt-2", "phi-2", "jina-es", "jina-de", "roberta-bpe", "mpt", "olmo", "jais" ->
          List.of(GPT2);
      case "llama3", "llama-v3", "llama-bpe", "falcon3", "pixtral", "dbrx", "smaug-bpe" ->
          List.of(CL100K);
      case "qwen2", "deepseek-r1-qwen", "stablelm2", "megrez" -> List.of(QWEN);
      case "gpt-4o", "llama4" -> List.of(O200K);
      case "starcoder", "refact", "command-r", "smollm", "codeshell", "exaone", "minerva-7b" ->
          List.of("\\p{N}", GPT2);
      case "falcon" -> List.of("[\\p{P}\\$\\+<=>\\^~\\|`]+", GPT2, "[0-9][0-9][0-9]");
      default -> List.of(PUNCTUATION, GPT2, "\\p{N}+", "[0-9][0-9][0-9]");
    };
  }
}
