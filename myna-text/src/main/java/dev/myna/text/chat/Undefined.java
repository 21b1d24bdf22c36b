package dev.myna.text.chat;

/**
 * The value of a name that nothing defines: false, empty and written as nothing, but not to be
 * reckoned with or looked into.
 *
 * @param what how the template called it
 */
record Undefined(String what) {
  ChatTemplateException error() {
    return new ChatTemplateException(what + " is undefined");
  }
}
