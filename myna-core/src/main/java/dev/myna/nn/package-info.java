/**
 * Layers, each readable alone, top to bottom: {@link dev.myna.nn.Module}, {@link
 * dev.myna.nn.Linear}, {@link dev.myna.nn.Embedding}, {@link dev.myna.nn.Norm}, {@link
 * dev.myna.nn.Positions}, {@link dev.myna.nn.Mask}, {@link dev.myna.nn.Cache}, {@link
 * dev.myna.nn.Attention}, {@link dev.myna.nn.FeedForward}, {@link dev.myna.nn.Block}, {@link
 * dev.myna.nn.Tower}, {@link dev.myna.nn.Head}.
 *
 * <h2>The legend of shapes</h2>
 *
 * <pre>
 * B  batch: independent sequences
 * T  query positions of this pass
 * S  key positions: T, and what a cache holds from before
 * C  width of the model
 * H  attention heads
 * G  key heads: H, or a divisor of it where several heads share keys and values
 * D  size of a head
 * F  width inside the feed-forward layer
 * V  vocabulary
 * </pre>
 *
 * <p>Every line that changes a shape ends in a comment with the new one.
 */
@NullMarked
@CheckReturnValue
package dev.myna.nn;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
