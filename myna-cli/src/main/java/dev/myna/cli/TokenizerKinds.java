package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.Names;
import dev.myna.text.train.TokenizerPreset;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The kinds of tokenizers that can be learned, as they are written on the command line. */
final class TokenizerKinds implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return names().iterator();
  }

  private static List<String> names() {
    return Stream.of(TokenizerPreset.values())
        .map(preset -> preset.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  static TokenizerPreset preset(String name) {
    List<String> names = names();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new MynaException(
          "--model should be one of %s, found '%s'%s"
              .formatted(String.join(", ", names), name, Names.didYouMean(name, names)));
    }
    return TokenizerPreset.values()[index];
  }
}
