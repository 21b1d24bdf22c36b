package dev.myna.text.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What gives a value. */
sealed interface Expression {
  record Literal(@Nullable Object value) implements Expression {}

  record Name(String name) implements Expression {}

  record ListOf(List<Expression> items) implements Expression {}

  record MapOf(List<Map.Entry<Expression, Expression>> entries) implements Expression {}

  record Attribute(Expression of, String name) implements Expression {}

  record Item(Expression of, Expression key) implements Expression {}

  record Slice(
      Expression of, @Nullable Expression from, @Nullable Expression to, @Nullable Expression step)
      implements Expression {}

  record Call(Expression callee, Arguments arguments) implements Expression {}

  record Filter(Expression of, String name, Arguments arguments) implements Expression {}

  record Test(Expression of, String name, Arguments arguments, boolean negated)
      implements Expression {}

  record Not(Expression of) implements Expression {}

  record Sign(Expression of, boolean negative) implements Expression {}

  record Binary(String operator, Expression left, Expression right) implements Expression {}

  /** {@code a < b <= c}: every neighbouring pair must hold. */
  record Comparison(Expression first, List<String> operators, List<Expression> rest)
      implements Expression {}

  record Choice(Expression condition, Expression then, @Nullable Expression otherwise)
      implements Expression {}

  /** Arguments by place, then by name. */
  record Arguments(List<Expression> values, Map<String, Expression> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());
  }
}
