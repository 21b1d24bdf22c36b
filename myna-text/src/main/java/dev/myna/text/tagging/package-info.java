/**
 * Sentences whose words have tags: parts of speech, names, case. Files of CoNLL's kind and JSON
 * Lines are read, and predicted tags written beside what was read.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.tagging;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
