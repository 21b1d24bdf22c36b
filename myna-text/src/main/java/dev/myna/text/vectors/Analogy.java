package dev.myna.text.vectors;

/** How the word that is to c as b is to a is found (Levy and Goldberg, 2014). */
public enum Analogy {
  /** 3CosAdd: the greatest cosine with b - a + c, all of unit length. */
  ADD,
  /** 3CosMul: cosines moved to 0 … 1, multiplied and divided: b · c / (a + 0.001). */
  MULTIPLY
}
