package dev.myna.nn;

import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A cache in preallocated memory that grows in blocks.
 *
 * <p>It lives outside every scope until it is closed. {@link #advance} is called once after each
 * pass.
 */
public final class KeyValueCache implements Cache, AutoCloseable {
  private static final long BLOCK = 256;

  private final List<Tensor> keys = new ArrayList<>(); // each (B, G, capacity, D)
  private final List<Tensor> values = new ArrayList<>();
  private long length;

  @Override
  public KeysAndValues append(int layer, Tensor newKeys, Tensor newValues) {
    return new KeysAndValues(append(keys, layer, newKeys), append(values, layer, newValues));
  }

  private Tensor append(List<Tensor> store, int layer, Tensor added) {
    long count = added.size(2);
    if (layer == store.size()) {
      store.add(room(added, count));
    } else if (store.get(layer).size(2) < length + count) {
      Tensor old = store.get(layer);
      Tensor larger = room(added, length + count);
      larger.narrow(2, 0, length).copy_(old.narrow(2, 0, length));
      store.set(layer, larger);
      old.free();
    }
    store.get(layer).narrow(2, length, count).copy_(added);
    return store.get(layer).narrow(2, 0, length + count); // (B, G, S, D)
  }

  private static Tensor room(Tensor like, long positions) {
    long capacity = (positions + BLOCK - 1) / BLOCK * BLOCK;
    return Tensor.empty(
            like.dtype(), like.device(), like.size(0), like.size(1), capacity, like.size(3))
        .outliveScopes();
  }

  @Override
  public long length() {
    return length;
  }

  /** The positions of the last pass are remembered from now on. */
  public void advance(long positions) {
    length += positions;
  }

  /**
   * Row i becomes what row {@code rows[i]} was; the number of rows may change.
   *
   * @param rows (new B) indices of old rows
   */
  public void reorder(Tensor rows) {
    replaceAll(t -> t.indexSelect(0, rows));
  }

  /** Each row {@code times} times in a row. */
  public void repeat(long times) {
    replaceAll(t -> t.repeatInterleave(times, 0));
  }

  private void replaceAll(UnaryOperator<Tensor> change) {
    for (List<Tensor> store : List.of(keys, values)) {
      store.replaceAll(
          old -> {
            try (Scope scope = Scope.open()) {
              Tensor changed = change.apply(old).outliveScopes();
              old.free();
              return changed;
            }
          });
    }
  }

  @Override
  public void close() {
    keys.forEach(Tensor::free);
    values.forEach(Tensor::free);
    keys.clear();
    values.clear();
    length = 0;
  }
}
