package dev.myna.train;

import dev.myna.model.AverageModel;
import dev.myna.model.ElmoClassifier;
import dev.myna.model.RecurrentModel;
import dev.myna.model.RecurrentTagger;
import dev.myna.model.TextCnn;
import dev.myna.nn.Embedding;
import dev.myna.nn.Module;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.Tokenizer;
import dev.myna.text.vectors.WordVectorFile;
import dev.myna.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts word vectors into tables of embeddings. */
final class StartVectors {
  private StartVectors() {}

  /**
   * Gives each word that the file knows its vector, in every table; the others keep what they have.
   *
   * @return how many words were found, in words
   */
  static String fill(Module model, Path file, Tokenizer tokenizer) {
    List<Embedding> tables =
        switch (model) {
          case TextCnn cnn -> cnn.tables();
          case AverageModel average -> List.of(average.tokens());
          case RecurrentModel recurrent -> List.of(recurrent.tokens());
          case RecurrentTagger tagger -> List.of(tagger.tokens());
          case ElmoClassifier elmo -> List.of(elmo.tokens());
          default -> throw new IllegalStateException("a model without a table of words");
        };
    int width = (int) tables.getFirst().weight().size(1);
    if (Files.notExists(file)) {
      throw new RecipeException(
          "model.vectors names a file of word vectors, and there is no %s: learn it first, by myna vectors train TEXT --dimension %d --out %s"
              .formatted(file, width, file));
    }
    WordVectors vectors;
    try {
      vectors = WordVectorFile.read(file);
    } catch (IOException e) {
      throw new RecipeException(
          "the word vectors %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    if (vectors.dimension() != width) {
      throw new RecipeException(
          "the vectors of %s have %d numbers, the model's embeddings %d; change model.width or model.embedding"
              .formatted(file, vectors.dimension(), width));
    }
    int found = 0;
    for (Embedding table : tables) {
      found = fill(table.weight(), vectors, tokenizer);
    }
    return "%,d of %,d words have a vector in %s"
        .formatted(found, tokenizer.vocabularySize(), file);
  }

  private static int fill(Tensor weight, WordVectors vectors, Tokenizer tokenizer) {
    int found = 0;
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      float[] all = weight.toFloats();
      int width = vectors.dimension();
      for (int id = 0; id < tokenizer.vocabularySize(); id++) {
        float[] vector = vectors.find(tokenizer.token(id));
        if (vector != null) {
          System.arraycopy(vector, 0, all, id * width, width);
          found++;
        }
      }
      weight.copy_(Tensor.of(all, weight.shape()));
    }
    return found;
  }
}
