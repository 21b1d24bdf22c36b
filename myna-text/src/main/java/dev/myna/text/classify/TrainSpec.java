package dev.myna.text.classify;

import dev.myna.text.features.FeatureSpec;

/** Describes a classifier of texts: how they become numbers, and what is fitted to them. */
public record TrainSpec(FeatureSpec features, ClassifierSpec classifier) {}
