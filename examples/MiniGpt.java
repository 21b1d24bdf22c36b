import dev.myna.Progress;
import dev.myna.generate.*;
import dev.myna.model.*;
import dev.myna.nn.Precision;
import dev.myna.task.NextToken;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.*;
import dev.myna.text.train.*;
import dev.myna.train.*;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Learns a tokenizer and a small GPT from Shakespeare and lets it write. Arguments: folder, steps.
 */
public class MiniGpt {
  public static void main(String[] args) {
    Path folder = Path.of(args.length > 0 ? args[0] : "runs/mini");
    String steps = args.length > 1 ? args[1] : "500";

    Corpus corpus = Corpus.tinyShakespeare();
    Tokenizer tokenizer;
    try (var texts = corpus.texts()) {
      tokenizer =
          TokenizerSpec.byteLevelBpe(VocabularyOptions.ofSize(1000))
              .learn(texts::iterator, Progress.NONE);
    }
    var data =
        Preparation.prepare(
            corpus, tokenizer, Split.fraction(0.1), folder.resolve("data"), Progress.NONE);
    var model = Pretrained.create(Shape.of("gpt2", tokenizer.vocabularySize(), 64, 4, 4, 128), 1);
    var config = TrainConfig.of("steps=" + steps, "batch=12", "rate=2e-3", "evaluate_batches=20");
    var checkpoints = new Checkpoints(folder, tokenizer::save);
    try (var training = data.openTraining();
        var heldOut = data.openHeldOut()) {
      var trainer =
          new Trainer<>(
              config,
              new NextToken(model, training, heldOut, config.settings(64, 1)),
              checkpoints,
              new TrainingListener() {},
              1,
              () -> false);
      System.out.println(trainer.run(Optional.empty()));
    }

    var network = new CachedTransformer(model.model(), Device.of("auto"), Precision.FLOAT32);
    try (var generator =
        new Generator(network, GenerationConfig.EMPTY, () -> Detokenizer.of(tokenizer))) {
      var sampling = Sampling.random(100, new Strategy.Random(0.8f, 50, null, null, null, 1L));
      System.out.println("ROMEO:" + generator.generate(tokenizer.ids("ROMEO:"), sampling).text());
    }
  }
}
