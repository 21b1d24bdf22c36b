import dev.myna.Progress;
import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import dev.myna.task.Batch;
import dev.myna.task.Batches;
import dev.myna.task.NextToken;
import dev.myna.task.Objective;
import dev.myna.tensor.Device;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.Preparation;
import dev.myna.text.corpus.Split;
import dev.myna.text.train.TokenizerSpec;
import dev.myna.text.train.VocabularyOptions;
import dev.myna.train.AdamW;
import dev.myna.train.Schedule;
import dev.myna.train.TrainConfig;
import java.nio.file.Path;

/** A training loop of one's own over the public parts. Arguments: folder, steps. */
public class CustomLoop {
  public static void main(String[] args) {
    Path folder = Path.of(args.length > 0 ? args[0] : "runs/loop");
    int steps = args.length > 1 ? Integer.parseInt(args[1]) : 300;

    Corpus corpus = Corpus.tinyShakespeare();
    Tokenizer tokenizer;
    try (var texts = corpus.texts()) {
      var options = VocabularyOptions.ofSize(Integer.MAX_VALUE);
      tokenizer = TokenizerSpec.characters(options, null).learn(texts::iterator, Progress.NONE);
    }
    var data =
        Preparation.prepare(
            corpus, tokenizer, Split.fraction(0.1), folder.resolve("data"), Progress.NONE);

    Random.global().seed(1);
    var model =
        Pretrained.create(Shape.of("llama", tokenizer.vocabularySize(), 64, 4, 4, 128), 1).model();
    var optimizer = new AdamW(model, 0.1, 0.9, 0.99, 1e-8);
    var schedule = Schedule.of(TrainConfig.of("steps=" + steps, "rate=1e-3", "warmup=20"));

    model.training(true);
    try (var training = data.openTraining();
        var batches = new Batches<>(NextToken.source(training, 12, 64, 1), 0)) {
      for (int step = 0; step < steps; step++) {
        try (Scope scope = Scope.open()) { // frees every tensor of this step
          Batch batch = batches.next();
          Tensor loss = Objective.NEXT_TOKEN.loss(model, batch, Device.CPU);
          optimizer.zeroGrad();
          loss.backward();
          double norm = optimizer.clip(1.0);
          optimizer.step(schedule.at(step));
          if (step % 20 == 0 || step == steps - 1) {
            System.out.printf("step %d  loss %.4f  norm %.2f%n", step, loss.item(), norm);
          }
        }
      }
    }
  }
}
