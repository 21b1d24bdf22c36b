package dev.myna.generate;

/** Why a text ended. */
public enum FinishReason {
  /** The model said an end token; it is the last of the tokens and not part of the text. */
  END_TOKEN("stop"),
  /** A stop string came up; the text ends before it. */
  STOP_STRING("stop"),
  /** As many tokens as allowed. */
  LENGTH("length"),
  /** The listener wanted no more. */
  CANCELLED("cancelled");

  private final String wireName;

  FinishReason(String wireName) {
    this.wireName = wireName;
  }

  /** The name that the OpenAI HTTP API uses: {@code stop} or {@code length}. */
  public String wireName() {
    return wireName;
  }
}
