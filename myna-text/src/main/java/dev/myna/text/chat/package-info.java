/**
 * Chat templates: conversations written as the text that a model was tuned on.
 *
 * <p>The templates of {@code tokenizer_config.json} are programs in Jinja, and what they give must
 * equal what Python's Jinja gives to the last space. {@code Lexer}, {@code Parser}, {@code
 * Interpreter} and the Python semantics beside them (values, filters, tests, methods) are the part
 * of Jinja 3 that such templates use, with the settings that Hugging Face Transformers renders
 * with.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.chat;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
