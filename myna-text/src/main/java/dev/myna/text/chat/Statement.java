package dev.myna.text.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What writes text or changes variables. */
sealed interface Statement {
  record Text(String text) implements Statement {}

  /** {@code {{ value }}}. */
  record Output(Expression value, int line) implements Statement {}

  /** Branches in order; the condition of {@code else} is null. */
  record If(List<Branch> branches, int line) implements Statement {}

  record Branch(@Nullable Expression condition, List<Statement> body) {}

  record For(
      List<String> targets,
      Expression over,
      @Nullable Expression condition,
      List<Statement> body,
      List<Statement> otherwise,
      boolean recursive,
      int line)
      implements Statement {}

  /** {@code {% set a, b = value %}}; names may be {@code namespace.attribute}. */
  record Assign(List<String> targets, Expression value, int line) implements Statement {}

  /** {@code {% set name %}…{% endset %}}, through filters. */
  record Capture(String target, List<Statement> body, Expression value, int line)
      implements Statement {}

  record Macro(String name, List<Parameter> parameters, List<Statement> body)
      implements Statement {}

  /** A macro's parameter; without a default it is undefined where it is not given. */
  record Parameter(String name, @Nullable Expression otherwise) {}

  /**
   * A body that is written through filters; the body's text is the variable {@link Parser#BODY}.
   */
  record FilterBlock(List<Statement> body, Expression value, int line) implements Statement {}

  /** A body with variables of its own. */
  record With(List<Map.Entry<String, Expression>> variables, List<Statement> body, int line)
      implements Statement {}

  record Break() implements Statement {}

  record Continue() implements Statement {}
}
