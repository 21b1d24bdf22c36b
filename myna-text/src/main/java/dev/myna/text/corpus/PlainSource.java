package dev.myna.text.corpus;

import org.jspecify.annotations.Nullable;

/** A file that is one document; its text comes in stretches of a few ten thousand chars. */
final class PlainSource implements FragmentSource {
  private final Utf8Reader reader;
  private final char[] chars = new char[1 << 16];
  private boolean begun;

  PlainSource(Utf8Reader reader) {
    this.reader = reader;
  }

  @Override
  public @Nullable Fragment next() {
    int length = reader.read(chars);
    if (length < 0) {
      return null;
    }
    Fragment fragment = new Fragment(new String(chars, 0, length), !begun, true);
    begun = true;
    return fragment;
  }

  @Override
  public void close() {
    reader.close();
  }
}
