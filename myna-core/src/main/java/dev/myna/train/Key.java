package dev.myna.train;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents one key of a recipe, on the record component that holds it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
  /** What it means, with its unit: one line. */
  String value();

  /**
   * What stands where a recipe leaves the key out, written as in YAML. Without it the key must be
   * given, unless the component is optional, a list or a section.
   */
  String otherwise() default "";

  /** The least number allowed; {@link Double#MIN_VALUE} for anything above zero. */
  double least() default Double.NEGATIVE_INFINITY;

  /** The greatest number allowed. */
  double most() default Double.POSITIVE_INFINITY;
}
