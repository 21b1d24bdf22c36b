package dev.myna.train;

import dev.myna.Progress;
import dev.myna.generate.EarlyStopping;
import dev.myna.generate.Generated;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.Listener;
import dev.myna.generate.Sampling;
import dev.myna.generate.Strategy;
import dev.myna.nn.Precision;
import dev.myna.task.Padded;
import dev.myna.task.Translator;
import dev.myna.tensor.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Lets a model say what it makes of texts.
 *
 * @param start id that the decoder reads first
 */
record Decoding(Translator translator, GenerationConfig config, int start, Device device) {
  private static final int ROWS = 32;

  /** The likeliest token each time. */
  List<int[]> greedy(List<int[]> sources, int most) {
    return say(sources, Sampling.greedy(most), Progress.NONE);
  }

  /** By beam search. */
  List<int[]> beams(List<int[]> sources, int most, int beams, double lengthPenalty) {
    return beams == 1
        ? greedy(sources, most)
        : say(
            sources,
            Sampling.beams(
                most, new Strategy.Beam(beams, (float) lengthPenalty, EarlyStopping.HEURISTIC)),
            Progress.NONE);
  }

  /** Of several texts that are made of one, the first. */
  List<int[]> say(List<int[]> sources, Sampling sampling, Progress progress) {
    translator.module().moveTo(device);
    translator.module().training(false);
    List<int[]> said = new ArrayList<>(Collections.nCopies(sources.size(), new int[0]));
    int done = 0;
    for (int[] rows : Padded.alike(sources.stream().mapToInt(ids -> ids.length).toArray(), ROWS)) {
      int[][] texts = Arrays.stream(rows).mapToObj(sources::get).toArray(int[][]::new);
      List<int[]> prompts = Collections.nCopies(rows.length, new int[] {start});
      try (Generator generator =
          new Generator(translator.saying(texts, device, Precision.FLOAT32), config)) {
        for (Generated text :
            generator.generate(prompts, sampling, Listener.NONE, Progress.NONE).texts()) {
          if (text.sequence() == 0) {
            said.set(rows[text.prompt()], text.tokens());
          }
        }
      }
      done += rows.length;
      progress.at("translating", done, sources.size());
    }
    return said;
  }
}
