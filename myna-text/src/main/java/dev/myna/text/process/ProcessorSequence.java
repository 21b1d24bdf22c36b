package dev.myna.text.process;

import dev.myna.text.Encoding;
import java.util.List;

/** One post-processor after the other. */
public record ProcessorSequence(List<PostProcessor> processors) implements PostProcessor {
  public ProcessorSequence {
    processors = List.copyOf(processors);
  }

  public static ProcessorSequence of(PostProcessor... processors) {
    return new ProcessorSequence(List.of(processors));
  }

  @Override
  public int added(boolean pair) {
    return processors.stream().mapToInt(p -> p.added(pair)).sum();
  }

  @Override
  public List<Encoding> process(List<Encoding> encodings, boolean specialTokens) {
    List<Encoding> result = encodings;
    for (PostProcessor processor : processors) {
      result = processor.process(result, specialTokens);
    }
    return result;
  }
}
