package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.WholeFile;
import dev.myna.model.Llama2c;
import dev.myna.model.Pretrained;
import dev.myna.model.TensorFlowBert;
import dev.myna.text.Tokenizer;
import dev.myna.text.process.SpecialToken;
import dev.myna.text.process.TemplateProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
      description = {
        "A model of llama2.c (a .bin file of its first format), or BERT as TensorFlow stores it:",
        "the folder of a saved model or checkpoint, or its .index file."
      })
  Path model = Path.of("");

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = {
        "The vocabulary that belongs to the model: llama2.c's .bin, or any other kind;",
        "of BERT, the vocab.txt that came with it if left out."
      })
  @Nullable Path tokenizer;

  @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where it goes.")
  Path folder = Path.of("");

  @Option(
      names = "--top",
      paramLabel = "TOP",
      defaultValue = "masked",
      description = {
        "What is kept on top of BERT's encoder: masked (says hidden tokens), pretraining (and",
        "pairs of sentences) or pooler (to learn something else): ${DEFAULT-VALUE} if left out."
      })
  TensorFlowBert.Top top = TensorFlowBert.Top.MASKED;

  @Override
  int run(Output out, Figures figures) {
    Optional<Path> checkpoint = TensorFlowBert.find(model);
    if (checkpoint.isEmpty() && Files.isDirectory(model)) {
      throw new MynaException(
          "a TensorFlow checkpoint (a file that ends in .index) was wanted in %s, and there is none"
              .formatted(model));
    }
    Path file =
        Optional.ofNullable(tokenizer)
            .or(() -> checkpoint.flatMap(TensorFlowBert::vocabulary))
            .orElseThrow(
                () ->
                    new MynaException(
                        "the vocabulary of %s was wanted, and there is none beside it; name it with --tokenizer"
                            .formatted(model)));
    Tokenizer vocabulary = Tokenizer.load(file);
    Pretrained pretrained =
        checkpoint
            .map(index -> TensorFlowBert.read(index, top))
            .orElseGet(() -> Llama2c.read(model));
    int known = pretrained.model().spec().vocabulary();
    if (vocabulary.vocabularySize() != known) {
      throw new MynaException(
          "%s knows %,d tokens and %s has %,d; take the vocabulary that belongs to the model"
              .formatted(model, known, file, vocabulary.vocabularySize()));
    }
    (checkpoint.isEmpty() ? beginning(vocabulary) : vocabulary).save(folder);
    if (checkpoint.isEmpty()) {
      WholeFile.text(folder.resolve("generation_config.json"), LLAMA2C_GENERATION);
    }
    pretrained.save(folder);
    out.line("%,d parameters, %,d tokens", pretrained.model().parameterCount(), known);
    out.line("model   %s", folder);
    if (checkpoint.isEmpty()) {
      out.line("try     myna generate %s --max-new-tokens 256", folder);
    } else if (top != TensorFlowBert.Top.POOLER) {
      out.line("try     myna fill %s \"Paris is the [MASK] of France.\"", folder);
    }
    figures.put("parameters", pretrained.model().parameterCount());
    figures.put("vocabulary", known);
    figures.put("model", folder.toString());
    return Myna.DONE;
  }

  /** Every text begins with a token of its own, as those that the model learned from. */
  private static Tokenizer beginning(Tokenizer vocabulary) {
    SpecialToken begin = new SpecialToken(vocabulary.token(1), 1);
    return vocabulary.toBuilder()
        .postProcessor(
            TemplateProcessor.of(
                begin.token() + " $A",
                "%s $A %s:1 $B:1".formatted(begin.token(), begin.token()),
                List.of(begin)))
        .build();
  }
}
