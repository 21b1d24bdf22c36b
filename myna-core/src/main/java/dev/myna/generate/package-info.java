/**
 * Talking: from the logits of a language model to tokens and text.
 *
 * <p>Pure Java over one seam, {@link dev.myna.generate.NextToken}; no tensor is seen here. {@link
 * dev.myna.generate.Generator} drives it: greedily, by sampling or by beam search. Behaviour
 * follows {@code generate} of Hugging Face Transformers 5 wherever both have the same option.
 */
@NullMarked
@CheckReturnValue
package dev.myna.generate;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
