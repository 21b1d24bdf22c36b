package dev.myna.train;

import dev.myna.task.Evaluation;

/**
 * How a training ended.
 *
 * @param steps steps done, those before a resumption included
 * @param trainingLoss mean of the last steps, nats a counted target
 * @param evaluation the newest on held-out data
 * @param best the best value of the figure that decides
 * @param seconds of this run, with evaluations and checkpoints
 * @param tokensPerSecond of this run's steps, without them
 * @param parameters of the model
 * @param stopped whether it was stopped before its last step
 */
public record TrainingResult(
    long steps,
    double trainingLoss,
    Evaluation evaluation,
    double best,
    double seconds,
    double tokensPerSecond,
    long parameters,
    boolean stopped) {}
