package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.model.Families;
import dev.myna.model.Shape;
import dev.myna.model.TextCnn;
import dev.myna.model.Transformer;
import dev.myna.nn.Linear;
import dev.myna.nn.Module;
import dev.myna.tensor.ProcessMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that no step could be taken with are refused before they are made. */
class TrainingMemoryTest {
  @TempDir Path folder;

  private static TrainConfig config(String optimizer) {
    return Recipe.parse(
            "test",
            "name: test\n"
                + "data: {train: [x]}\n"
                + "model: {family: gpt2}\n"
                + "train: {device: cpu, optimizer: "
                + optimizer
                + "}\n",
            List.of())
        .train();
  }

  @Test
  void whatAnOptimizerKeepsCounts() {
    TrainingMemory megabytes = new TrainingMemory(10_000_000);
    Supplier<Module> small = () -> new Linear(600, 1000, false);
    Supplier<Module> large = () -> new Linear(1000, 1000, true);

    assertThatCode(() -> megabytes.requireFor(small, config("adamw"))).doesNotThrowAnyException();
    assertThatCode(() -> megabytes.requireFor(large, config("sgd"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> megabytes.requireFor(large, config("adamw")))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("by adamw (16 bytes each)")
        .hasMessageContaining("model.width")
        .hasMessageEndingWith("or train.optimizer: adafactor");
    assertThatThrownBy(() -> new TrainingMemory(5_000_000).requireFor(large, config("adafactor")))
        .hasMessageContaining("by adafactor (8 bytes each)")
        .hasMessageEndingWith("tokenizer.vocabulary)");
  }

  @Test
  void parametersAreCountedAsTheyWouldBe() {
    List<Supplier<Module>> all = new ArrayList<>();
    for (String family : List.of("gpt2", "bert", "t5", "mixtral")) {
      all.add(
          () -> new Transformer(Families.spec(Families.config(Shape.of(family, 90, 16, 2, 2, 8)))));
    }
    all.add(() -> TextCnn.Spec.kim(50, 8, 3, TextCnn.Channels.BOTH).make());
    for (Supplier<Module> making : all) {
      Module made = making.get();
      assertThat(Module.parameterCount(making)).isEqualTo(made.parameterCount()).isPositive();
      made.free();
    }
  }

  @Test
  void aRecipeBeyondEveryMachineIsRefusedBeforeItsModelIsMade() throws IOException {
    String yaml =
        "name: test\n"
            + new SmallRecipes(folder)
                .sections("gpt")
                .replace("layers: 1", "layers: 300")
                .replace("width: 16", "width: 32768")
            + "train: {steps: 1, batch: 1, device: cpu, threads: 1}\nout: \""
            + folder.resolve("run")
            + "\"\n";
    long before = ProcessMemory.peak();

    assertThatThrownBy(
            () ->
                SmallRecipes.follow(yaml, SmallRecipes.noting(new ArrayList<>()), () -> false)
                    .run(RecipeRun.Start.FRESH))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("million parameters")
        .hasMessageContaining("GB");
    assertThat(ProcessMemory.peak() - before).isLessThan(1L << 29);
    assertThat(ProcessMemory.machine()).isGreaterThan(ProcessMemory.peak());
  }
}
