import dev.myna.generate.CachedTransformer;
import dev.myna.generate.Detokenizer;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.Sampling;
import dev.myna.model.Pretrained;
import dev.myna.nn.Precision;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;

/** Loads a Hugging Face folder (GPT-2 or any other family) and goes on from a prompt. */
public class LoadGpt2 {
  public static void main(String[] args) {
    Path folder = Path.of(args.length > 0 ? args[0] : "gpt2");
    String prompt = args.length > 1 ? args[1] : "The meaning of life is";

    Pretrained model = Pretrained.load(folder);
    Tokenizer tokenizer = Tokenizer.load(folder);
    var network = new CachedTransformer(model.model(), Device.CPU, Precision.FLOAT32);
    try (var generator =
        new Generator(network, GenerationConfig.read(folder), () -> Detokenizer.of(tokenizer))) {
      var text = generator.generate(tokenizer.encode(prompt).ids(), Sampling.greedy(30));
      System.out.println(prompt + text.text());
    }
  }
}
