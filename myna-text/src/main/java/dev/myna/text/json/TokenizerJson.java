package dev.myna.text.json;

import dev.myna.JsonReason;
import dev.myna.WholeFile;
import dev.myna.text.AddedToken;
import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The format of Hugging Face Tokenizers: one {@code tokenizer.json} with all five stages. */
public final class TokenizerJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Beyond this a file is refused unread: the largest published ones have some 40 MB. */
  private static final long LARGEST = 512L << 20;

  private TokenizerJson() {}

  /** Reads a tokenizer; problems name the file and the field. */
  public static Tokenizer read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new TokenizerException(
            "a tokenizer file of at most %d bytes was wanted, found %d"
                .formatted(LARGEST, Files.size(file)));
      }
      return read(MAPPER.readTree(file));
    } catch (TokenizerException e) {
      throw new TokenizerException(file + ": " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new TokenizerException(
          "%s is not a readable JSON file: %s".formatted(file, JsonReason.of(e)), e);
    } catch (IOException e) {
      throw new TokenizerException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Reads a tokenizer from the tree of its file; problems name the field. */
  public static Tokenizer read(JsonNode root) {
    try {
      return stages(root);
    } catch (IllegalArgumentException e) { // what a stage says of its settings
      throw new TokenizerException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Tokenizer stages(JsonNode root) {
    Fields f = new Fields(root, "tokenizer");
    Tokenizer.Builder builder = Tokenizer.builder();
    builder.model(ModelJson.read(f.required("model"), "model"));
    JsonNode normalizer = f.get("normalizer");
    if (normalizer != null) {
      builder.normalizer(NormalizerJson.read(normalizer, "normalizer"));
    }
    JsonNode split = f.get("pre_tokenizer");
    if (split != null) {
      builder.preTokenizer(SplitJson.read(split, "pre_tokenizer"));
    }
    JsonNode processor = f.get("post_processor");
    if (processor != null) {
      builder.postProcessor(ProcessorJson.read(processor, "post_processor"));
    }
    JsonNode decoder = f.get("decoder");
    if (decoder != null) {
      builder.decoder(DecoderJson.read(decoder, "decoder"));
    }
    builder.addedTokens(addedTokens(f));
    if (f.has("truncation")) {
      builder.truncation(LengthJson.truncation(f.object("truncation")));
    }
    if (f.has("padding")) {
      builder.padding(LengthJson.padding(f.object("padding")));
    }
    return builder.build();
  }

  private static List<AddedToken> addedTokens(Fields f) {
    List<AddedToken> tokens = new ArrayList<>();
    if (f.has("added_tokens")) {
      for (JsonNode node : f.array("added_tokens")) {
        Fields t = new Fields(node, "added_tokens[" + tokens.size() + "]");
        tokens.add(
            new AddedToken(
                t.string("content"),
                t.integer("id"),
                t.bool("single_word", false),
                t.bool("lstrip", false),
                t.bool("rstrip", false),
                t.bool("normalized", true),
                t.bool("special", false)));
      }
    }
    return tokens;
  }

  /** Writes a tokenizer as Hugging Face does; the file is complete or not there. */
  public static void write(Tokenizer tokenizer, Path file) {
    WholeFile.stream(
        file,
        stream ->
            MAPPER
                .writerWithDefaultPrettyPrinter()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .writeValue(stream, tree(tokenizer)));
  }

  private static ObjectNode tree(Tokenizer tokenizer) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", "1.0");
    set(root, "truncation", tokenizer.truncation().map(LengthJson::write).orElse(null));
    set(root, "padding", tokenizer.padding().map(LengthJson::write).orElse(null));
    ArrayNode added = root.putArray("added_tokens");
    for (AddedToken token : tokenizer.addedTokens()) {
      added
          .addObject()
          .put("id", token.id())
          .put("content", token.content())
          .put("single_word", token.singleWord())
          .put("lstrip", token.lstrip())
          .put("rstrip", token.rstrip())
          .put("normalized", token.normalized())
          .put("special", token.special());
    }
    set(root, "normalizer", tokenizer.normalizer().map(NormalizerJson::write).orElse(null));
    set(root, "pre_tokenizer", tokenizer.preTokenizer().map(SplitJson::write).orElse(null));
    set(root, "post_processor", tokenizer.postProcessor().map(ProcessorJson::write).orElse(null));
    set(root, "decoder", tokenizer.decoder().map(DecoderJson::write).orElse(null));
    root.set("model", ModelJson.write(tokenizer.model()));
    return root;
  }

  private static void set(ObjectNode root, String name, @Nullable ObjectNode value) {
    if (value == null) {
      root.putNull(name);
    } else {
      root.set(name, value);
    }
  }

  /** The tokenizer as it would be written, on one line: what its fingerprint is taken of. */
  public static String canonical(Tokenizer tokenizer) {
    return MAPPER.writeValueAsString(tree(tokenizer));
  }
}
