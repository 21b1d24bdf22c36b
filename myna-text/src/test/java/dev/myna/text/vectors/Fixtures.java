package dev.myna.text.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** Test files, and a text whose words have known company. */
final class Fixtures {
  private Fixtures() {}

  static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path unpacked(String name, Path folder) {
    try (var in = new GZIPInputStream(Files.newInputStream(file(name)))) {
      Path target = folder.resolve(name.replace(".gz", ""));
      Files.write(target, in.readAllBytes());
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lines about the sea or about the field, never both: sea0 … sea9 keep company with each other,
   * and so do field0 … field9.
   */
  static Path twoTopics(Path folder) throws IOException {
    var random = new Random(7);
    var text = new StringBuilder();
    for (int line = 0; line < 3000; line++) {
      String topic = random.nextBoolean() ? "sea" : "field";
      for (int word = 0; word < 8; word++) {
        text.append(topic).append(random.nextInt(10)).append(' ');
      }
      text.append('\n');
    }
    return Files.writeString(folder.resolve("topics.txt"), text);
  }

  /** The nine words nearest to sea0 are the other words of the sea. */
  static boolean separates(WordVectors vectors) {
    List<Neighbour> nearest = vectors.nearest("sea0", 9);
    return nearest.stream().allMatch(neighbour -> neighbour.word().startsWith("sea"));
  }
}
