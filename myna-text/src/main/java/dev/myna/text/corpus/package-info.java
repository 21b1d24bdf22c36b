/**
 * Text in: files, folders, globs, compressed files and JSON Lines become checked documents, and
 * documents become shards of token ids.
 *
 * <p>{@link dev.myna.text.corpus.Corpus} reads, {@link dev.myna.text.corpus.Preparation} tokenizes
 * in parallel, {@link dev.myna.text.corpus.Shards} serves the ids to training. Nothing here ever
 * holds a whole corpus in memory.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.corpus;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
