package dev.myna.spec;

/**
 * A stack of recurrent layers.
 *
 * @param kind of cell
 * @param in C, size of what enters
 * @param width H, of the hidden state
 * @param layers one upon another
 * @param bidirectional whether each layer reads from both ends; its outputs then lie side by side
 * @param dropout between layers, while training
 */
public record RecurrentSpec(
    Kind kind, int in, int width, int layers, boolean bidirectional, double dropout) {
  /** The cells of the field. */
  public enum Kind {
    /** {@code tanh(W x + U h + b)} (Elman, 1990). */
    TANH,
    /** The same with {@code relu}. */
    RELU,
    /** Long short-term memory (Hochreiter and Schmidhuber, 1997), with a forget gate. */
    LSTM,
    /** Gated recurrent unit (Cho et al., 2014). */
    GRU
  }

  public RecurrentSpec {
    Require.positive("in", in);
    Require.positive("width", width);
    Require.positive("layers", layers);
    Require.probability("recurrent dropout", dropout);
  }

  /** The same for something larger or smaller that enters. */
  public RecurrentSpec withIn(int size) {
    return new RecurrentSpec(kind, size, width, layers, bidirectional, dropout);
  }

  /** How many times a layer reads the text. */
  public int directions() {
    return bidirectional ? 2 : 1;
  }

  /** Size of what comes out. */
  public int out() {
    return width * directions();
  }
}
