package dev.myna.train;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a sealed interface of records as a section of a recipe that has several forms: the value of
 * one key says which.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Variants {
  /** The key that decides. */
  String key();

  /** Its value where a recipe leaves it out. */
  String otherwise();

  /** What it means: one line. */
  String meaning();

  /** The values that choose a record; it may keep the value in a component of the key's name. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface For {
    String[] value();

    /** What it is, in a line. */
    String meaning();
  }
}
