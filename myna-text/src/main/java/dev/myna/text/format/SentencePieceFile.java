package dev.myna.text.format;

import dev.myna.text.TokenizerException;
import dev.myna.text.format.SentencePieceModel.Kind;
import dev.myna.text.format.SentencePieceModel.Piece;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** SentencePiece's models of the kinds unigram and bpe. */
final class SentencePieceFile {
  private static final String SPACE = "▁"; // U+2581

  /** As SentencePiece: a piece of the user beats every way around it, but not a longer one. */
  private static final double FORCED_PENALTY = 0.1;

  private SentencePieceFile() {}

  static ObjectNode json(SentencePieceModel model) {
    if (model.whitespaceAsSuffix()) {
      throw new TokenizerException(
          model.source() + " marks spaces at the end of words, which cannot be read");
    }
    Draft draft = new Draft();
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (Piece piece : model.pieces()) {
      Integer before = ids.put(piece.text(), ids.size());
      if (before != null) {
        throw new TokenizerException(
            "%s has the piece \"%s\" twice, with ids %d and %d"
                .formatted(model.source(), piece.text(), before, ids.size()));
      }
    }
    switch (model.algorithm()) {
      case UNIGRAM -> unigram(draft, model);
      case BPE -> bpe(draft, model, ids);
      case WORD, CHAR ->
          throw new TokenizerException(
              "%s is of the kind %s; unigram and bpe can be read"
                  .formatted(model.source(), model.algorithm()));
    }
    stages(draft, model);
    for (int id = 0; id < model.pieces().size(); id++) {
      Piece piece = model.pieces().get(id);
      boolean special = piece.kind() == Kind.CONTROL || piece.kind() == Kind.UNKNOWN;
      if (special || isForced(piece, model)) {
        draft.add(piece.text(), id, special);
      }
    }
    return draft.json();
  }

  /** Pieces of the user that BPE must not cut; a unigram model is kept from it by their scores. */
  private static boolean isForced(Piece piece, SentencePieceModel model) {
    return piece.kind() == Kind.USER_DEFINED
        && model.algorithm() == SentencePieceModel.Algorithm.BPE;
  }

  private static int unknown(SentencePieceModel model) {
    return IntStream.range(0, model.pieces().size())
        .filter(id -> model.pieces().get(id).kind() == Kind.UNKNOWN)
        .findFirst()
        .orElseThrow(() -> new TokenizerException(model.source() + " has no unknown piece"));
  }

  private static void unigram(Draft draft, SentencePieceModel source) {
    ObjectNode model = draft.model(Draft.type("Unigram")).put("unk_id", unknown(source));
    ArrayNode vocab = model.putArray("vocab");
    double best =
        source.pieces().stream()
            .filter(p -> p.kind() == Kind.NORMAL)
            .mapToDouble(Piece::score)
            .max()
            .orElse(0);
    for (Piece piece : source.pieces()) {
      boolean forced = piece.kind() == Kind.USER_DEFINED;
      int length = piece.text().codePointCount(0, piece.text().length());
      double score = forced ? length * best - FORCED_PENALTY : piece.score();
      vocab.addArray().add(piece.text()).add(score);
    }
    model.put("byte_fallback", source.byteFallback());
  }

  private static void bpe(Draft draft, SentencePieceModel source, Map<String, Integer> ids) {
    ObjectNode model =
        draft.bpe().put("fuse_unk", true).put("byte_fallback", source.byteFallback());
    model.put("unk_token", source.pieces().get(unknown(source)).text());
    Draft.vocabulary(model, ids);
    Map<String, Integer> parts = new LinkedHashMap<>();
    List<Integer> ranked = new ArrayList<>();
    for (int id = 0; id < source.pieces().size(); id++) {
      if (source.pieces().get(id).kind() == Kind.NORMAL) {
        parts.put(source.pieces().get(id).text(), id);
        ranked.add(id);
      }
    }
    ranked.sort(
        (a, b) -> Float.compare(source.pieces().get(b).score(), source.pieces().get(a).score()));
    List<String> tokens = ranked.stream().map(id -> source.pieces().get(id).text()).toList();
    SplitMerges.add(tokens, parts, model);
  }

  private static void stages(Draft draft, SentencePieceModel model) {
    // A text is cut at forced pieces first, and only its very beginning gets the prefix then.
    boolean cut = model.pieces().stream().anyMatch(p -> isForced(p, model));
    List<ObjectNode> normalizers = new ArrayList<>();
    if (model.charsMap().length > 0) {
      normalizers.add(
          Draft.type("Precompiled")
              .put("precompiled_charsmap", Base64.getEncoder().encodeToString(model.charsMap())));
    }
    if (model.removeExtraWhitespaces()) {
      if (!cut) {
        normalizers.add(Draft.replace(true, "\\A +| +\\z", ""));
      }
      normalizers.add(Draft.replace(true, " {2,}", " "));
    }
    String space = model.escapeWhitespaces() ? SPACE : " ";
    if (model.dummyPrefix() && !cut) {
      normalizers.add(Draft.type("Prepend").put("prepend", space));
    }
    if (model.escapeWhitespaces()) {
      normalizers.add(Draft.replace(false, " ", SPACE));
    }
    if (!normalizers.isEmpty()) {
      draft.normalizer(Draft.sequence("normalizers", normalizers));
    }
    boolean crosses =
        model.pieces().stream()
            .anyMatch(p -> p.kind() == Kind.NORMAL && p.text().lastIndexOf(SPACE) > 0);
    if (cut || (model.escapeWhitespaces() && !crosses)) {
      draft.preTokenizer(
          Draft.type("Metaspace")
              .put("replacement", space)
              .put("prepend_scheme", cut && model.dummyPrefix() ? "first" : "never")
              .put("split", !crosses));
    }
    draft.decoder(Draft.sequence("decoders", decoders(model)));
  }

  private static List<ObjectNode> decoders(SentencePieceModel model) {
    List<ObjectNode> decoders = new ArrayList<>();
    if (model.escapeWhitespaces()) {
      decoders.add(Draft.replace(false, SPACE, " "));
    }
    decoders.add(Draft.type("ByteFallback"));
    decoders.add(Draft.type("Fuse"));
    if (model.dummyPrefix()) {
      decoders.add(Draft.type("Strip").put("content", " ").put("start", 1).put("stop", 0));
    }
    return decoders;
  }
}
