/**
 * Questions that spans of a text answer: {@link dev.myna.text.answers.QuestionReader} reads them
 * from files as SQuAD and Hugging Face's datasets have them.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.answers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
