package dev.myna.train;

/**
 * How a training ended.
 *
 * @param steps steps done, those before a resumption included
 * @param trainingLoss mean of the last steps, nats a token
 * @param evaluation the newest on held-out text
 * @param bestLoss the lowest held-out loss
 * @param seconds of this run, with evaluations and checkpoints
 * @param tokensPerSecond of this run's steps, without them
 * @param parameters of the model
 * @param stopped whether it was stopped before its last step
 */
public record TrainingResult(
    long steps,
    double trainingLoss,
    Evaluation evaluation,
    double bestLoss,
    double seconds,
    double tokensPerSecond,
    long parameters,
    boolean stopped) {}
