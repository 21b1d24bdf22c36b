/**
 * Word vectors: word2vec, GloVe and fastText learned from text files, their file formats, nearest
 * words, analogies, evaluation, sentence vectors and maps.
 *
 * <p>A text is a UTF-8 file of words parted by white space, one sentence a line. It is read anew in
 * every epoch and never held in memory; what is held are the vocabulary and the matrices. Several
 * threads write to the same matrices without locks (Recht et al., 2011, Hogwild); with one thread
 * and one seed a run gives the same bits every time on the same machine.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.vectors;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
