package dev.myna.text.parity;

import dev.myna.text.OffsetUnit;
import dev.myna.text.TokenizerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the reference library made of texts: a {@code reference.json}.
 *
 * @param unit what offsets count
 * @param cases the texts
 */
record Reference(OffsetUnit unit, List<Case> cases) {
  static final String FILE = "reference.json";

  /**
   * One text, or two encoded as one, with all that is known of it.
   *
   * @param number its place in the file, from 0; the pair comes after all others
   */
  record Case(
      int number,
      String text,
      Optional<String> second,
      boolean specialTokens,
      Optional<List<Integer>> ids,
      Optional<List<String>> tokens,
      Optional<List<List<Integer>>> offsets,
      Optional<List<Integer>> typeIds,
      Optional<String> decoded) {}

  static Reference read(Path file) {
    try {
      JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
      List<Case> cases = new ArrayList<>();
      for (JsonNode node : root.path("cases")) {
        cases.add(read(node, cases.size()));
      }
      JsonNode pairs = root.path("pair");
      for (JsonNode node : pairs.isObject() ? List.of(pairs) : pairs) {
        cases.add(read(node, cases.size()));
      }
      if (cases.isEmpty()) {
        throw new TokenizerException("it has no cases");
      }
      return new Reference(unit(root.path("offsets").asString("")), List.copyOf(cases));
    } catch (JacksonException e) {
      throw new TokenizerException(
          "%s is not a reference for tokenizers: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (TokenizerException e) {
      throw new TokenizerException(
          "%s is not a reference for tokenizers: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new TokenizerException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static OffsetUnit unit(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("byte")) {
      return OffsetUnit.BYTE;
    }
    return lower.contains("utf-16") || lower.contains("utf16")
        ? OffsetUnit.UTF16
        : OffsetUnit.CODE_POINT;
  }

  private static Case read(JsonNode node, int number) {
    JsonNode text = node.path("text");
    if (!text.isString()) {
      throw new TokenizerException("case %d has no \"text\"".formatted(number));
    }
    return new Case(
        number,
        text.stringValue(),
        node.path("text_pair").asStringOpt(),
        node.path("add_special_tokens").asBoolean(true),
        list(node.path("ids"), JsonNode::asInt),
        list(node.path("tokens"), JsonNode::asString),
        list(node.path("offsets"), range -> List.of(range.path(0).asInt(), range.path(1).asInt())),
        list(node.path("type_ids"), JsonNode::asInt),
        node.path("decoded").asStringOpt());
  }

  private static <T> Optional<List<T>> list(JsonNode node, Function<JsonNode, T> value) {
    return node.isArray() ? Optional.of(node.valueStream().map(value).toList()) : Optional.empty();
  }
}
