package dev.myna.text.json;

import dev.myna.text.split.Behavior;
import dev.myna.text.split.BertSplit;
import dev.myna.text.split.ByteLevelSplit;
import dev.myna.text.split.DelimiterSplit;
import dev.myna.text.split.DigitsSplit;
import dev.myna.text.split.FixedLengthSplit;
import dev.myna.text.split.MetaspaceSplit;
import dev.myna.text.split.PatternSplit;
import dev.myna.text.split.PreTokenizer;
import dev.myna.text.split.PunctuationSplit;
import dev.myna.text.split.ScriptSplit;
import dev.myna.text.split.SplitSequence;
import dev.myna.text.split.WhitespaceSplit;
import dev.myna.text.split.WordSplit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pre-tokenizers by their type names. */
final class SplitJson {
  private SplitJson() {}

  static PreTokenizer read(JsonNode node, String where) {
    Fields f = new Fields(node, where);
    return switch (f.string("type")) {
      case "Sequence" -> {
        List<PreTokenizer> parts = new ArrayList<>();
        for (JsonNode part : f.array("pretokenizers")) {
          parts.add(read(part, where + ".pretokenizers[" + parts.size() + "]"));
        }
        yield new SplitSequence(parts);
      }
      case "ByteLevel" ->
          new ByteLevelSplit(
              f.bool("add_prefix_space", true),
              f.bool("trim_offsets", true),
              f.bool("use_regex", true));
      case "Split" -> readSplit(f);
      case "Whitespace" -> new WordSplit();
      case "WhitespaceSplit" -> new WhitespaceSplit();
      case "BertPreTokenizer" -> new BertSplit();
      case "Metaspace" -> metaspace(f);
      case "Punctuation" -> new PunctuationSplit(behavior(f, f.string("behavior", "Isolated")));
      case "Digits" -> new DigitsSplit(f.bool("individual_digits", false));
      case "CharDelimiterSplit" -> new DelimiterSplit(f.character("delimiter", ' '));
      case "UnicodeScripts" -> new ScriptSplit();
      case "FixedLength" -> new FixedLengthSplit(f.integer("length", 5));
      case String type ->
          throw f.unknownType(
              "pre-tokenizer",
              type,
              "Sequence, ByteLevel, Whitespace, WhitespaceSplit, BertPreTokenizer, Metaspace,"
                  + " Split, Punctuation, Digits, CharDelimiterSplit, UnicodeScripts, FixedLength");
    };
  }

  private static PreTokenizer metaspace(Fields f) {
    return new MetaspaceSplit(f.character("replacement", '▁'), prepend(f), f.bool("split", true));
  }

  /** The scheme; older files say with {@code add_prefix_space} whether there is any. */
  static MetaspaceSplit.Prepend prepend(Fields f) {
    String scheme = f.string("prepend_scheme", "always");
    if (!f.bool("add_prefix_space", true)) {
      if (!scheme.equals("never") && f.has("prepend_scheme")) {
        throw f.wrong(
            "prepend_scheme",
            "never where add_prefix_space is false",
            f.required("prepend_scheme"));
      }
      return MetaspaceSplit.Prepend.NEVER;
    }
    return switch (scheme) {
      case "always" -> MetaspaceSplit.Prepend.ALWAYS;
      case "first" -> MetaspaceSplit.Prepend.FIRST;
      case "never" -> MetaspaceSplit.Prepend.NEVER;
      default ->
          throw f.wrong("prepend_scheme", "always, first or never", f.required("prepend_scheme"));
    };
  }

  static String name(MetaspaceSplit.Prepend prepend) {
    return switch (prepend) {
      case ALWAYS -> "always";
      case FIRST -> "first";
      case NEVER -> "never";
    };
  }

  private static PreTokenizer readSplit(Fields f) {
    Behavior behavior = behavior(f, f.string("behavior"));
    boolean invert = f.bool("invert", false);
    Fields pattern = f.object("pattern");
    return pattern.has("Regex")
        ? PatternSplit.regex(pattern.string("Regex"), behavior, invert)
        : PatternSplit.literal(pattern.string("String"), behavior, invert);
  }

  private static Behavior behavior(Fields f, String name) {
    return switch (name) {
      case "Removed" -> Behavior.REMOVED;
      case "Isolated" -> Behavior.ISOLATED;
      case "MergedWithPrevious" -> Behavior.MERGED_WITH_PREVIOUS;
      case "MergedWithNext" -> Behavior.MERGED_WITH_NEXT;
      case "Contiguous" -> Behavior.CONTIGUOUS;
      default ->
          throw f.wrong(
              "behavior",
              "Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous",
              f.required("behavior"));
    };
  }

  private static String name(Behavior behavior) {
    return switch (behavior) {
      case REMOVED -> "Removed";
      case ISOLATED -> "Isolated";
      case MERGED_WITH_PREVIOUS -> "MergedWithPrevious";
      case MERGED_WITH_NEXT -> "MergedWithNext";
      case CONTIGUOUS -> "Contiguous";
    };
  }

  static ObjectNode write(PreTokenizer split) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    switch (split) {
      case SplitSequence s -> {
        node.put("type", "Sequence");
        var parts = node.putArray("pretokenizers");
        s.splits().forEach(n -> parts.add(write(n)));
      }
      case ByteLevelSplit s ->
          node.put("type", "ByteLevel")
              .put("add_prefix_space", s.addPrefixSpace())
              .put("trim_offsets", s.trimOffsets())
              .put("use_regex", s.useRegex());
      case WordSplit s -> node.put("type", "Whitespace");
      case WhitespaceSplit s -> node.put("type", "WhitespaceSplit");
      case BertSplit s -> node.put("type", "BertPreTokenizer");
      case MetaspaceSplit s ->
          node.put("type", "Metaspace")
              .put("replacement", Character.toString(s.replacement()))
              .put("prepend_scheme", name(s.prepend()))
              .put("split", s.split());
      case PunctuationSplit s ->
          node.put("type", "Punctuation").put("behavior", name(s.behavior()));
      case DigitsSplit s -> node.put("type", "Digits").put("individual_digits", s.individual());
      case DelimiterSplit s ->
          node.put("type", "CharDelimiterSplit")
              .put("delimiter", Character.toString(s.delimiter()));
      case ScriptSplit s -> node.put("type", "UnicodeScripts");
      case FixedLengthSplit s -> node.put("type", "FixedLength").put("length", s.length());
      case PatternSplit s -> {
        node.put("type", "Split");
        node.putObject("pattern").put(s.isRegex() ? "Regex" : "String", s.pattern());
        node.put("behavior", name(s.behavior())).put("invert", s.invert());
      }
    }
    return node;
  }
}
