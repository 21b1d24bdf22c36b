package dev.myna.text.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Llama2cFileTest {
  private static byte[] vocabulary() {
    List<String> pieces = new ArrayList<>(List.of("<unk>", "\n<s>\n", "\n</s>\n"));
    for (int b = 0; b < 256; b++) {
      pieces.add("<0x%02X>".formatted(b));
    }
    pieces.addAll(List.of(" t", "he", " the", " ", "t", "h", "e"));
    ByteBuffer out = ByteBuffer.allocate(10_000).order(ByteOrder.LITTLE_ENDIAN).putInt(7);
    for (int id = 0; id < pieces.size(); id++) {
      byte[] text = pieces.get(id).getBytes(StandardCharsets.UTF_8);
      out.putFloat(-id).putInt(text.length).put(text);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void bestPairsAreMergedAndUnknownCharactersBecomeBytes(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("tok.bin"), vocabulary());

    Tokenizer tokenizer = Tokenizer.load(file);

    assertThat(tokenizer.ids("the")).containsExactly(261);
    assertThat(tokenizer.ids("th é")).containsExactly(259, 264, 262, 3 + 0xC3, 3 + 0xA9);
    assertThat(tokenizer.decode(tokenizer.ids("the é the"))).isEqualTo("the é the");
  }

  @Test
  void cutFilesAreRefused(@TempDir Path folder) throws IOException {
    byte[] whole = vocabulary();
    Path file = Files.write(folder.resolve("tok.bin"), Arrays.copyOf(whole, whole.length - 1));

    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("tok.bin")
        .hasMessageContaining("no whole piece at byte");
  }
}
