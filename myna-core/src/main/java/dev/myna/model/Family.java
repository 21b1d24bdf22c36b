package dev.myna.model;

import dev.myna.spec.ModelSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One row of {@link Families}: how a kind of model is described, and how its tensors are named. */
interface Family {
  /** What its {@code config.json} describes. */
  ModelSpec.Decoder spec(JsonNode config);

  /** The names of its checkpoints' tensors. */
  NameMap names(ModelSpec.Decoder spec);

  /** The {@code config.json} of a model to be made. */
  ObjectNode config(Shape shape);
}
