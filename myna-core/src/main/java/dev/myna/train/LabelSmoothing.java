package dev.myna.train;

/** Which trainings can spread a share of their targets ({@code train.label_smoothing}). */
final class LabelSmoothing {
  private LabelSmoothing() {}

  /**
   * @throws IllegalArgumentException that says in a sentence why this training cannot
   */
  static void check(TaskRecipe task, ModelRecipe model) {
    switch (task) {
      case TaskRecipe.Classification wanted when wanted.focus() > 0 ->
          throw unfit("the focal loss of task.focus looks at the true class alone");
      case TaskRecipe.Regression _ -> throw unfit("task.kind regression says numbers");
      case TaskRecipe.Similarity _ -> throw unfit("task.kind similarity makes vectors");
      case TaskRecipe.Answers _ -> throw unfit("task.kind answers chooses among places of a text");
      case TaskRecipe.NextToken _
          when model instanceof RecurrentRecipe shape && !shape.cutoffs().isEmpty() ->
          throw unfit("model.cutoffs tell words apart by classes, of which a target has few");
      case TaskRecipe.Classification _,
          TaskRecipe.Tagging _,
          TaskRecipe.NextToken _,
          TaskRecipe.Masked _,
          TaskRecipe.Spans _,
          TaskRecipe.Noise _,
          TaskRecipe.Translation _ -> {}
    }
  }

  private static IllegalArgumentException unfit(String reason) {
    return new IllegalArgumentException(
        "train.label_smoothing spreads a target over all tokens or classes, but %s; leave one of the two out"
            .formatted(reason));
  }
}
