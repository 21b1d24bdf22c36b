package dev.myna.nn;

import dev.myna.tensor.Tensor;

/** Keys and values of earlier positions, so that a new token costs one position and not all. */
public interface Cache {
  /** Remembers nothing. */
  Cache NONE =
      new Cache() {
        @Override
        public KeysAndValues append(int layer, Tensor keys, Tensor values) {
          return new KeysAndValues(keys, values);
        }

        @Override
        public long length() {
          return 0;
        }
      };

  /**
   * Keys and values of one layer.
   *
   * @param keys (B, G, S, D)
   * @param values (B, G, S, D)
   */
  record KeysAndValues(Tensor keys, Tensor values) {}

  /**
   * Adds the new positions of a layer.
   *
   * @param keys (B, G, T, D)
   * @param values (B, G, T, D)
   * @return those of all positions, the new ones last
   */
  KeysAndValues append(int layer, Tensor keys, Tensor values);

  /** Positions remembered before this pass. */
  long length();
}
