package dev.myna.text.chat;

import dev.myna.text.chat.Expression.Arguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a template's statements. One per rendering. */
final class Interpreter {
  private static final int MAXIMUM_OUTPUT = 1 << 28; // characters
  private static final int MAXIMUM_DEPTH = 200; // of calls within calls

  private final Filters filters = new Filters(this);
  private int calls;

  /** Variables of a block, and those around it. */
  static final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, @Nullable Object> variables = new HashMap<>();

    Scope(@Nullable Scope outer) {
      this.outer = outer;
    }

    void set(String name, @Nullable Object value) {
      variables.put(name, value);
    }

    @Nullable Object get(String name) {
      for (Scope scope = this; scope != null; scope = scope.outer) {
        if (scope.variables.containsKey(name)) {
          return scope.variables.get(name);
        }
      }
      return new Undefined("'" + name + "'");
    }
  }

  /** An object whose attributes a template may set. */
  static final class Namespace {
    private final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();

    Namespace(Map<?, ?> initial) {
      initial.forEach((name, value) -> attributes.put(Values.text(name), value));
    }
  }

  /** How a list of statements ended. */
  private enum End {
    RAN,
    BREAK,
    CONTINUE
  }

  String run(List<Statement> template, Scope globals) {
    StringBuilder out = new StringBuilder();
    End unused = run(template, new Scope(globals), out);
    return out.toString();
  }

  private End run(List<Statement> statements, Scope scope, StringBuilder out) {
    for (Statement statement : statements) {
      End end = run(statement, scope, out);
      if (end != End.RAN) {
        return end;
      }
      if (out.length() > MAXIMUM_OUTPUT) {
        throw new ChatTemplateException(
            "the chat template writes more than " + MAXIMUM_OUTPUT + " characters");
      }
    }
    return End.RAN;
  }

  private End run(Statement statement, Scope scope, StringBuilder out) {
    switch (statement) {
      case Statement.Text text -> out.append(text.text());
      case Statement.Output output -> out.append(Values.text(evaluate(output.value(), scope)));
      case Statement.If choice -> {
        for (Statement.Branch branch : choice.branches()) {
          if (branch.condition() == null || Values.truth(evaluate(branch.condition(), scope))) {
            return run(branch.body(), scope, out);
          }
        }
      }
      case Statement.For loop -> loop(loop, evaluate(loop.over(), scope), scope, out, 0);
      case Statement.Assign assign ->
          assign(assign.targets(), evaluate(assign.value(), scope), scope);
      case Statement.Capture capture ->
          assign(
              List.of(capture.target()),
              evaluate(capture.value(), withBody(capture.body(), scope)),
              scope);
      case Statement.FilterBlock block ->
          out.append(Values.text(evaluate(block.value(), withBody(block.body(), scope))));
      case Statement.Macro macro -> scope.set(macro.name(), macro(macro, scope));
      case Statement.With with -> {
        Scope inner = new Scope(scope);
        with.variables().forEach(v -> inner.set(v.getKey(), evaluate(v.getValue(), scope)));
        return run(with.body(), inner, out);
      }
      case Statement.Break b -> {
        return End.BREAK;
      }
      case Statement.Continue c -> {
        return End.CONTINUE;
      }
    }
    return End.RAN;
  }

  private Scope withBody(List<Statement> body, Scope scope) {
    StringBuilder text = new StringBuilder();
    End unused = run(body, new Scope(scope), text);
    Scope inner = new Scope(scope);
    inner.set(Parser.BODY, text.toString());
    return inner;
  }

  private void loop(
      Statement.For loop, @Nullable Object over, Scope scope, StringBuilder out, int depth) {
    if (over instanceof Undefined u && !(u.what().startsWith("'"))) {
      throw u.error();
    }
    List<@Nullable Object> items = new ArrayList<>();
    for (Object item : Values.items(over)) {
      Scope inner = new Scope(scope);
      assign(loop.targets(), item, inner);
      if (loop.condition() == null || Values.truth(evaluate(loop.condition(), inner))) {
        items.add(item);
      }
    }
    if (items.isEmpty()) {
      End unused = run(loop.otherwise(), scope, out);
      return;
    }
    Map<String, @Nullable Object> state = new HashMap<>();
    List<@Nullable Object> changed = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Scope inner = new Scope(scope);
      LoopState.fill(state, items, i, depth, changed);
      inner.set("loop", loop.recursive() ? recursive(loop, scope, state, depth) : state);
      assign(loop.targets(), items.get(i), inner);
      if (run(loop.body(), inner, out) == End.BREAK) {
        return;
      }
    }
  }

  private Object recursive(
      Statement.For loop, Scope scope, Map<String, @Nullable Object> state, int depth) {
    Callable again =
        given -> {
          StringBuilder text = new StringBuilder();
          loop(loop, given.at(0), scope, text, depth + 1);
          return text.toString();
        };
    state.put(LoopState.CALL, again);
    return state;
  }

  private void assign(List<String> targets, @Nullable Object value, Scope scope) {
    if (targets.size() == 1) {
      assign(targets.getFirst(), value, scope);
      return;
    }
    List<@Nullable Object> values = Values.items(value);
    if (values.size() != targets.size()) {
      throw new ChatTemplateException(
          "%d values do not go into %d names".formatted(values.size(), targets.size()));
    }
    for (int i = 0; i < targets.size(); i++) {
      assign(targets.get(i), values.get(i), scope);
    }
  }

  private static void assign(String target, @Nullable Object value, Scope scope) {
    int dot = target.indexOf('.');
    if (dot < 0) {
      scope.set(target, value);
    } else if (scope.get(target.substring(0, dot)) instanceof Namespace namespace) {
      namespace.attributes.put(target.substring(dot + 1), value);
    } else {
      throw new ChatTemplateException(
          "only attributes of a namespace can be set, " + target + " is none");
    }
  }

  private Callable macro(Statement.Macro macro, Scope scope) {
    return given -> {
      Scope inner = new Scope(scope);
      for (int i = 0; i < macro.parameters().size(); i++) {
        Statement.Parameter parameter = macro.parameters().get(i);
        inner.set(parameter.name(), value(parameter, i, given, inner));
      }
      StringBuilder text = new StringBuilder();
      End unused = run(macro.body(), inner, text);
      return text.toString();
    };
  }

  private @Nullable Object value(
      Statement.Parameter parameter, int index, Given given, Scope scope) {
    if (index < given.values().size()) {
      return given.values().get(index);
    }
    if (given.named().containsKey(parameter.name())) {
      return given.named().get(parameter.name());
    }
    return parameter.otherwise() == null
        ? new Undefined("'" + parameter.name() + "'")
        : evaluate(parameter.otherwise(), scope);
  }

  private @Nullable Object evaluate(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Name name -> Values.of(scope.get(name.name()));
      case Expression.ListOf list -> values(list.items(), scope);
      case Expression.MapOf map -> {
        Map<@Nullable Object, @Nullable Object> made = new LinkedHashMap<>();
        map.entries()
            .forEach(e -> made.put(evaluate(e.getKey(), scope), evaluate(e.getValue(), scope)));
        yield made;
      }
      case Expression.Attribute attribute ->
          attribute(evaluate(attribute.of(), scope), attribute.name());
      case Expression.Item item -> item(evaluate(item.of(), scope), evaluate(item.key(), scope));
      case Expression.Slice slice ->
          Values.slice(
              evaluate(slice.of(), scope),
              slice.from() == null ? null : evaluate(slice.from(), scope),
              slice.to() == null ? null : evaluate(slice.to(), scope),
              slice.step() == null ? null : evaluate(slice.step(), scope));
      case Expression.Call call -> call(call, scope);
      case Expression.Filter filter ->
          filters.apply(
              filter.name(),
              evaluate(filter.of(), scope),
              values(filter.arguments().values(), scope),
              named(filter.arguments(), scope));
      case Expression.Test test ->
          Tests.test(
                  test.name(), evaluate(test.of(), scope), values(test.arguments().values(), scope))
              != test.negated();
      case Expression.Not not -> !Values.truth(evaluate(not.of(), scope));
      case Expression.Sign sign -> {
        Object value = evaluate(sign.of(), scope);
        yield sign.negative() ? Operators.apply("-", 0L, value) : value;
      }
      case Expression.Binary binary -> binary(binary, scope);
      case Expression.Comparison comparison -> comparison(comparison, scope);
      case Expression.Choice choice ->
          Values.truth(evaluate(choice.condition(), scope))
              ? evaluate(choice.then(), scope)
              : choice.otherwise() == null
                  ? new Undefined("a value without else")
                  : evaluate(choice.otherwise(), scope);
    };
  }

  private List<@Nullable Object> values(List<Expression> expressions, Scope scope) {
    List<@Nullable Object> values = new ArrayList<>();
    expressions.forEach(e -> values.add(evaluate(e, scope)));
    return values;
  }

  private Map<String, @Nullable Object> named(Arguments arguments, Scope scope) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    arguments.named().forEach((name, value) -> named.put(name, evaluate(value, scope)));
    return named;
  }

  private @Nullable Object call(Expression.Call call, Scope scope) {
    Object callee = evaluate(call.callee(), scope);
    if (callee instanceof Map<?, ?> state && state.get(LoopState.CALL) instanceof Callable again) {
      callee = again;
    }
    if (callee instanceof Undefined u) {
      throw u.error();
    }
    if (!(callee instanceof Callable function)) {
      throw new ChatTemplateException("'" + Values.typeName(callee) + "' cannot be called");
    }
    if (++calls > MAXIMUM_DEPTH) {
      throw new ChatTemplateException("calls within calls are deeper than " + MAXIMUM_DEPTH);
    }
    Object result =
        function.call(
            new Given(values(call.arguments().values(), scope), named(call.arguments(), scope)));
    calls--;
    return Values.of(result);
  }

  private @Nullable Object binary(Expression.Binary binary, Scope scope) {
    Object left = evaluate(binary.left(), scope);
    return switch (binary.operator()) {
      case "and" -> Values.truth(left) ? evaluate(binary.right(), scope) : left;
      case "or" -> Values.truth(left) ? left : evaluate(binary.right(), scope);
      default -> Operators.apply(binary.operator(), left, evaluate(binary.right(), scope));
    };
  }

  private boolean comparison(Expression.Comparison comparison, Scope scope) {
    Object left = evaluate(comparison.first(), scope);
    for (int i = 0; i < comparison.operators().size(); i++) {
      Object right = evaluate(comparison.rest().get(i), scope);
      boolean holds =
          switch (comparison.operators().get(i)) {
            case "==" -> Values.equal(left, right);
            case "!=" -> !Values.equal(left, right);
            case "in" -> Values.contains(right, left);
            case "not in" -> !Values.contains(right, left);
            case "<" -> Values.compare(left, right) < 0;
            case "<=" -> Values.compare(left, right) <= 0;
            case ">" -> Values.compare(left, right) > 0;
            default -> Values.compare(left, right) >= 0;
          };
      if (!holds) {
        return false;
      }
      left = right;
    }
    return true;
  }

  /** {@code value.name}: a method, or else an item. */
  private @Nullable Object attribute(@Nullable Object value, String name) {
    if (value instanceof Undefined u) {
      throw u.error();
    }
    if (value instanceof Namespace namespace) {
      return namespace.attributes.containsKey(name)
          ? Values.of(namespace.attributes.get(name))
          : new Undefined("the namespace's attribute '" + name + "'");
    }
    Callable method = Methods.of(value, name);
    return method != null ? method : found(value, name);
  }

  /** {@code value[key]}: an item, or else a method. */
  @Nullable Object item(@Nullable Object value, @Nullable Object key) {
    if (value instanceof Undefined u) {
      throw u.error();
    }
    Object found = found(value, key);
    if (found instanceof Undefined && key instanceof String name) {
      return attribute(value, name);
    }
    return found;
  }

  private static @Nullable Object found(@Nullable Object value, @Nullable Object key) {
    Object missing =
        new Undefined("'%s' of a '%s'".formatted(Values.text(key), Values.typeName(value)));
    if (value instanceof Map<?, ?> map) {
      return map.containsKey(key) ? Values.of(map.get(key)) : missing;
    }
    boolean indexed = (value instanceof List<?> || value instanceof String) && key instanceof Long;
    if (!indexed) {
      return missing;
    }
    List<@Nullable Object> items = Values.items(value);
    long index = Values.whole(key);
    long place = index < 0 ? index + items.size() : index;
    return place < 0 || place >= items.size() ? missing : Values.of(items.get((int) place));
  }
}
