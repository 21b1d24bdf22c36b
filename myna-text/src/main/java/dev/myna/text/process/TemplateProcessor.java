package dev.myna.text.process;

import dev.myna.text.Encoding;
import dev.myna.text.TokenizerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Special tokens and type ids by template, one for a single text and one for a pair. */
public final class TemplateProcessor implements PostProcessor {
  /** A piece of a template. */
  public sealed interface Piece {
    /** The first text ({@code second} false) or the second, with its type id. */
    record Sequence(boolean second, int typeId) implements Piece {}

    /** What a name in {@link TemplateProcessor#specialTokens} stands for. */
    record Special(String name, int typeId) implements Piece {}
  }

  private final List<Piece> single;
  private final List<Piece> pair;
  private final Map<String, List<SpecialToken>> specialTokens;

  /**
   * @param specialTokens the tokens that a name in the templates stands for, usually one of the
   *     same name
   */
  public TemplateProcessor(
      List<Piece> single, List<Piece> pair, Map<String, List<SpecialToken>> specialTokens) {
    this.single = List.copyOf(single);
    this.pair = List.copyOf(pair);
    this.specialTokens = new LinkedHashMap<>(specialTokens);
    for (Piece piece : this.single) {
      check(piece);
    }
    for (Piece piece : this.pair) {
      check(piece);
    }
  }

  /**
   * From the short spelling: {@code "[CLS] $A [SEP]"} and {@code "[CLS] $A [SEP] $B:1 [SEP]:1"}.
   *
   * @param tokens the special tokens of the templates
   */
  public static TemplateProcessor of(String single, String pair, List<SpecialToken> tokens) {
    Map<String, List<SpecialToken>> names = new LinkedHashMap<>();
    tokens.forEach(token -> names.put(token.token(), List.of(token)));
    return new TemplateProcessor(parse(single), parse(pair), names);
  }

  private static List<Piece> parse(String template) {
    List<Piece> pieces = new ArrayList<>();
    for (String word : template.trim().split("\\s+")) {
      int colon = word.lastIndexOf(':');
      boolean typed = colon > 0 && word.substring(colon + 1).matches("\\d{1,9}");
      int type = typed ? Integer.parseInt(word.substring(colon + 1)) : 0;
      String name = typed ? word.substring(0, colon) : word;
      pieces.add(
          switch (name) {
            case "$A", "$a", "$" -> new Piece.Sequence(false, type);
            case "$B", "$b" -> new Piece.Sequence(true, type);
            default -> new Piece.Special(name, type);
          });
    }
    return pieces;
  }

  private void check(Piece piece) {
    if (piece instanceof Piece.Special special && !specialTokens.containsKey(special.name())) {
      throw new TokenizerException(
          "the template names \"%s\", which is not among its special tokens %s"
              .formatted(special.name(), specialTokens.keySet()));
    }
  }

  public List<Piece> single() {
    return single;
  }

  public List<Piece> pair() {
    return pair;
  }

  public Map<String, List<SpecialToken>> specialTokens() {
    return new LinkedHashMap<>(specialTokens);
  }

  @Override
  public int added(boolean pair) {
    int added = 0;
    for (Piece piece : pair ? this.pair : single) {
      if (piece instanceof Piece.Special special) {
        added += tokens(special).size();
      }
    }
    return added;
  }

  private List<SpecialToken> tokens(Piece.Special special) {
    return specialTokens.getOrDefault(special.name(), List.of());
  }

  @Override
  public List<Encoding> process(List<Encoding> encodings, boolean add) {
    if (encodings.size() > 2) {
      throw new TokenizerException(
          "a template takes one text or two, found %d parts; put it first in its sequence"
              .formatted(encodings.size()));
    }
    List<Encoding> numbered = Encoding.withSequences(encodings);
    List<Encoding> out = new ArrayList<>();
    for (Piece piece : encodings.size() == 2 ? pair : single) {
      switch (piece) {
        case Piece.Sequence s -> {
          int index = s.second() ? 1 : 0;
          if (index >= numbered.size()) {
            throw new TokenizerException("the template for one text asks for a second one");
          }
          out.add(numbered.get(index).withTypeId(s.typeId()));
        }
        case Piece.Special s -> {
          if (add) {
            tokens(s).forEach(token -> out.add(Encoding.special(token, s.typeId())));
          }
        }
      }
    }
    return out;
  }
}
