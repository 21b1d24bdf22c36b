package dev.myna.model;

import dev.myna.spec.ModelSpec;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** One row of {@link Families}: how a kind of model is described, and how its tensors are named. */
interface Family {
  /** What its {@code config.json} describes. */
  ModelSpec spec(Settings config);

  /** The names of its checkpoints' tensors. */
  NameMap names(Settings config, ModelSpec spec);

  /**
   * The heads that there are, by the ends of the names of Transformers' classes: the first stands
   * where a configuration names none.
   */
  List<String> heads();

  /** What may be chosen of a model to be made, beyond its sizes. */
  Set<Choice> choices();

  /** The {@code config.json} of a model to be made. */
  ObjectNode config(Shape shape);
}
