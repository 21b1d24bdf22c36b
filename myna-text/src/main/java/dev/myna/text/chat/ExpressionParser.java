package dev.myna.text.chat;

import dev.myna.text.chat.Expression.Arguments;
import dev.myna.text.chat.Lexeme.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads expressions by Jinja's grammar, which binds as Python does. */
class ExpressionParser {
  private static final int MAXIMUM_DEPTH = 200; // of expressions within expressions
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> NOT_ARGUMENTS = Set.of("else", "or", "and", "is", "if", "not");

  private final List<Lexeme> lexemes;
  private int at;
  private int depth;

  ExpressionParser(List<Lexeme> lexemes) {
    this.lexemes = lexemes;
  }

  final Lexeme peek() {
    return lexemes.get(at);
  }

  final Lexeme take() {
    Lexeme next = lexemes.get(at);
    if (next.kind() != Kind.END) {
      at++;
    }
    return next;
  }

  final boolean isOperator(String operator) {
    return peek().kind() == Kind.OPERATOR && peek().text().equals(operator);
  }

  final boolean isName(String name) {
    return peek().kind() == Kind.NAME && peek().text().equals(name);
  }

  final boolean skipOperator(String operator) {
    boolean found = isOperator(operator);
    at += found ? 1 : 0;
    return found;
  }

  final boolean skipName(String name) {
    boolean found = isName(name);
    at += found ? 1 : 0;
    return found;
  }

  final void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  final String expectName() {
    if (peek().kind() != Kind.NAME) {
      throw unexpected("a name");
    }
    return take().text();
  }

  final ChatTemplateException unexpected(String wanted) {
    Lexeme found = peek();
    String what = found.text().isEmpty() ? found.kind().toString() : "'" + found.text() + "'";
    return new ChatTemplateException(
        "line %d of the chat template: wanted %s, found %s".formatted(found.line(), wanted, what));
  }

  /** An expression, or several with commas between them as a list. */
  final Expression tuple(boolean conditional) {
    Expression first = conditional ? expression() : or();
    if (!isOperator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>(List.of(first));
    while (skipOperator(",")) {
      if (peek().kind() == Kind.BLOCK_END || peek().kind() == Kind.OUTPUT_END || isOperator(")")) {
        break;
      }
      items.add(conditional ? expression() : or());
    }
    return new Expression.ListOf(items);
  }

  final Expression expression() {
    if (++depth > MAXIMUM_DEPTH) {
      throw unexpected("an expression of at most " + MAXIMUM_DEPTH + " levels");
    }
    Expression value = or();
    while (skipName("if")) {
      Expression condition = or();
      Expression otherwise = skipName("else") ? expression() : null;
      value = new Expression.Choice(condition, value, otherwise);
    }
    depth--;
    return value;
  }

  final Expression or() {
    Expression left = and();
    while (skipName("or")) {
      left = new Expression.Binary("or", left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (skipName("and")) {
      left = new Expression.Binary("and", left, not());
    }
    return left;
  }

  private Expression not() {
    int times = 0;
    while (skipName("not")) {
      times++;
    }
    Expression value = comparison();
    for (; times > 0; times--) {
      value = new Expression.Not(value);
    }
    return value;
  }

  private Expression comparison() {
    Expression first = sum();
    List<String> operators = new ArrayList<>();
    List<Expression> rest = new ArrayList<>();
    while (true) {
      if (peek().kind() == Kind.OPERATOR && COMPARISONS.contains(peek().text())) {
        operators.add(take().text());
      } else if (skipName("in")) {
        operators.add("in");
      } else if (isName("not") && lexemes.get(at + 1).text().equals("in")) {
        at += 2;
        operators.add("not in");
      } else {
        return rest.isEmpty() ? first : new Expression.Comparison(first, operators, rest);
      }
      rest.add(sum());
    }
  }

  private Expression sum() {
    Expression left = concatenation();
    while (isOperator("+") || isOperator("-")) {
      left = new Expression.Binary(take().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    Expression left = product();
    while (isOperator("~")) {
      left = new Expression.Binary(take().text(), left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = power();
    while (isOperator("*") || isOperator("/") || isOperator("//") || isOperator("%")) {
      left = new Expression.Binary(take().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (isOperator("**")) {
      left = new Expression.Binary(take().text(), left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean filters) {
    boolean negative = isOperator("-");
    Expression value;
    if (negative || isOperator("+")) {
      Lexeme unused = take();
      if (++depth > MAXIMUM_DEPTH) {
        throw unexpected("fewer signs");
      }
      value = new Expression.Sign(unary(false), negative);
      depth--;
    } else {
      value = primary();
    }
    value = postfix(value);
    return filters ? filtered(value) : value;
  }

  private Expression primary() {
    Lexeme next = take();
    return switch (next.kind()) {
      case STRING -> {
        StringBuilder text = new StringBuilder(next.text());
        while (peek().kind() == Kind.STRING) {
          text.append(take().text());
        }
        yield new Expression.Literal(text.toString());
      }
      case INTEGER -> integer(next);
      case FLOAT -> new Expression.Literal(Double.parseDouble(next.text()));
      case NAME ->
          switch (next.text()) {
            case "true", "True" -> new Expression.Literal(true);
            case "false", "False" -> new Expression.Literal(false);
            case "none", "None" -> new Expression.Literal(null);
            default -> new Expression.Name(next.text());
          };
      case OPERATOR ->
          switch (next.text()) {
            case "(" -> parenthesis();
            case "[" -> new Expression.ListOf(items("]"));
            case "{" -> map();
            default -> throw misplaced();
          };
      case TEXT, BLOCK_BEGIN, BLOCK_END, OUTPUT_BEGIN, OUTPUT_END, END -> throw misplaced();
    };
  }

  private ChatTemplateException misplaced() {
    at--;
    return unexpected("a value");
  }

  private Expression integer(Lexeme number) {
    try {
      return new Expression.Literal(Long.parseLong(number.text()));
    } catch (NumberFormatException e) {
      throw new ChatTemplateException(
          "line %d of the chat template: the number %s is too large"
              .formatted(number.line(), number.text()),
          e);
    }
  }

  private Expression parenthesis() {
    if (skipOperator(")")) {
      return new Expression.ListOf(List.of());
    }
    Expression inside = tuple(true);
    expectOperator(")");
    return inside;
  }

  private List<Expression> items(String close) {
    List<Expression> items = new ArrayList<>();
    while (!skipOperator(close)) {
      items.add(expression());
      if (!isOperator(close)) {
        expectOperator(",");
      }
    }
    return items;
  }

  private Expression map() {
    List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
    while (!skipOperator("}")) {
      Expression key = expression();
      expectOperator(":");
      entries.add(Map.entry(key, expression()));
      if (!isOperator("}")) {
        expectOperator(",");
      }
    }
    return new Expression.MapOf(entries);
  }

  private Expression postfix(Expression value) {
    Expression result = value;
    while (true) {
      if (skipOperator(".")) {
        Lexeme name = take();
        result =
            name.kind() == Kind.INTEGER
                ? new Expression.Item(result, integer(name))
                : new Expression.Attribute(result, name.text());
      } else if (skipOperator("[")) {
        result = subscript(result);
      } else if (skipOperator("(")) {
        result = new Expression.Call(result, arguments());
      } else {
        return result;
      }
    }
  }

  private Expression subscript(Expression of) {
    Expression from = isOperator(":") ? null : expression();
    if (!skipOperator(":")) {
      expectOperator("]");
      return new Expression.Item(of, from == null ? new Expression.Literal(null) : from);
    }
    Expression to = isOperator(":") || isOperator("]") ? null : expression();
    Expression step = skipOperator(":") && !isOperator("]") ? expression() : null;
    expectOperator("]");
    return new Expression.Slice(of, from, to, step);
  }

  private Arguments arguments() {
    List<Expression> values = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!skipOperator(")")) {
      if (peek().kind() == Kind.NAME
          && lexemes.get(at + 1).kind() == Kind.OPERATOR
          && lexemes.get(at + 1).text().equals("=")) {
        String name = take().text();
        expectOperator("=");
        named.put(name, expression());
      } else {
        values.add(expression());
      }
      if (!isOperator(")")) {
        expectOperator(",");
      }
    }
    return new Arguments(values, named);
  }

  /** Filters and tests behind a value. */
  final Expression filtered(Expression value) {
    Expression result = value;
    while (true) {
      if (skipOperator("|")) {
        String name = expectName();
        result = new Expression.Filter(result, name, optionalArguments());
      } else if (skipName("is")) {
        boolean negated = skipName("not");
        String name = expectName();
        result = new Expression.Test(result, name, testArguments(), negated);
      } else if (skipOperator("(")) {
        result = new Expression.Call(result, arguments());
      } else {
        return result;
      }
    }
  }

  /** What stands in parentheses, if they follow. */
  final Arguments optionalArguments() {
    return skipOperator("(") ? arguments() : Arguments.NONE;
  }

  private Arguments testArguments() {
    if (isOperator("(")) {
      return optionalArguments();
    }
    Lexeme next = peek();
    boolean value =
        switch (next.kind()) {
          case STRING, INTEGER, FLOAT -> true;
          case NAME -> !NOT_ARGUMENTS.contains(next.text());
          case OPERATOR -> next.text().equals("[") || next.text().equals("{");
          case TEXT, BLOCK_BEGIN, BLOCK_END, OUTPUT_BEGIN, OUTPUT_END, END -> false;
        };
    return value ? new Arguments(List.of(postfix(primary())), Map.of()) : Arguments.NONE;
  }
}
