package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.WholeFile;
import dev.myna.model.Llama2c;
import dev.myna.model.Pretrained;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes Hugging Face folders of other systems' models. */
@Command(
    name = "convert",
    footer = "  myna convert stories260K.bin --tokenizer tok512.bin --out models/stories260K")
final class Convert extends Work {
  /** llama2.c begins and ends every text with the same token. */
  private static final String LLAMA2C_GENERATION =
      """
      {
        "bos_token_id": 1,
        "eos_token_id": [1, 2]
      }
      """;

  @Parameters(
      paramLabel = "MODEL",
      description = "A model of llama2.c: a .bin file of its first format.")
  Path model = Path.of("");

  @Option(
      names = "--tokenizer",
      required = true,
      paramLabel = "FILE",
      description = "The vocabulary that belongs to the model: llama2.c's .bin, or any other kind.")
  Path tokenizer = Path.of("");

  @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where it goes.")
  Path folder = Path.of("");

  @Override
  int run(Output out, Figures figures) {
    Tokenizer vocabulary = Tokenizer.load(tokenizer);
    Pretrained pretrained = Llama2c.read(model);
    int known = pretrained.model().spec().vocabulary();
    if (vocabulary.vocabularySize() != known) {
      throw new MynaException(
          "%s knows %,d tokens and %s has %,d; take the vocabulary that belongs to the model"
              .formatted(model, known, tokenizer, vocabulary.vocabularySize()));
    }
    vocabulary.save(folder);
    WholeFile.text(folder.resolve("generation_config.json"), LLAMA2C_GENERATION);
    pretrained.save(folder);
    out.line("%,d parameters, %,d tokens", pretrained.model().parameterCount(), known);
    out.line("model   %s", folder);
    out.line("try     myna generate %s --max-new-tokens 200", folder);
    figures.put("parameters", pretrained.model().parameterCount());
    figures.put("vocabulary", known);
    figures.put("model", folder.toString());
    return Myna.DONE;
  }
}
