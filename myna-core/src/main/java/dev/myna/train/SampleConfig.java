package dev.myna.train;

import java.util.Optional;

/** What a trained model writes at the end of a run. */
public record SampleConfig(
    @Key(value = "Text to go on from.", otherwise = "''") String prompt,
    @Key(value = "Tokens to write; 0 for no sample.", otherwise = "200", least = 0) int tokens,
    @Key(value = "Above 1 wilder, below 1 safer.", otherwise = "0.8", least = Double.MIN_VALUE)
        double temperature,
    @Key(value = "Choose among so many likeliest tokens; among all if left out.", least = 1)
        Optional<Integer> topK) {}
