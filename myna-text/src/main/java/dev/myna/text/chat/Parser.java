package dev.myna.text.chat;

import dev.myna.text.chat.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a template into statements. */
final class Parser extends ExpressionParser {
  /** The variable that holds a body's text while filters change it; no template can name it. */
  static final String BODY = "(body)";

  private static final int MAXIMUM_DEPTH = 100; // of blocks within blocks

  private int depth;

  private Parser(List<Lexeme> lexemes) {
    super(lexemes);
  }

  static List<Statement> read(String template) {
    Parser parser = new Parser(Lexer.read(template));
    List<Statement> statements = parser.body(Set.of());
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected("the end of the template");
    }
    return statements;
  }

  /** Statements up to a block whose name is one of {@code ends}; its name is the next word. */
  private List<Statement> body(Set<String> ends) {
    if (++depth > MAXIMUM_DEPTH) {
      throw unexpected("at most " + MAXIMUM_DEPTH + " blocks within blocks");
    }
    List<Statement> statements = new ArrayList<>();
    while (true) {
      Lexeme next = peek();
      if (next.kind() == Kind.END) {
        if (!ends.isEmpty()) {
          throw unexpected("one of " + ends.stream().sorted().toList());
        }
        break;
      }
      Lexeme begin = take();
      if (begin.kind() == Kind.TEXT) {
        statements.add(new Statement.Text(begin.text()));
      } else if (begin.kind() == Kind.OUTPUT_BEGIN) {
        statements.add(new Statement.Output(tuple(true), begin.line()));
        expect(Kind.OUTPUT_END);
      } else if (peek().kind() == Kind.NAME && ends.contains(peek().text())) {
        break;
      } else {
        statements.addAll(statement());
      }
    }
    depth--;
    return List.copyOf(statements);
  }

  private void expect(Kind kind) {
    if (peek().kind() != kind) {
      throw unexpected("the end of the tag");
    }
    Lexeme unused = take();
  }

  /** The body of a block whose tag ends here, and its end tag. */
  private List<Statement> bodyTo(String end) {
    expect(Kind.BLOCK_END);
    List<Statement> body = body(Set.of(end));
    String unused = expectName();
    expect(Kind.BLOCK_END);
    return body;
  }

  private List<Statement> statement() {
    int line = peek().line();
    String name = expectName();
    return switch (name) {
      case "if" -> List.of(branches(line));
      case "for" -> List.of(loop(line));
      case "set" -> List.of(assignment(line));
      case "macro" -> List.of(macro());
      case "generation" -> bodyTo("endgeneration");
      case "filter" -> {
        Expression first = new Expression.Name(BODY);
        Expression value =
            filtered(new Expression.Filter(first, expectName(), optionalArguments()));
        yield List.of(new Statement.FilterBlock(bodyTo("endfilter"), value, line));
      }
      case "with" -> List.of(with(line));
      case "break" -> List.of(single(new Statement.Break()));
      case "continue" -> List.of(single(new Statement.Continue()));
      default ->
          throw new ChatTemplateException(
              "line %d of the chat template: the tag '%s' is unknown; if, for, set, macro, filter, with, generation, break and continue are known"
                  .formatted(line, name));
    };
  }

  private Statement single(Statement statement) {
    expect(Kind.BLOCK_END);
    return statement;
  }

  private Statement branches(int line) {
    List<Statement.Branch> branches = new ArrayList<>();
    Expression condition = tuple(true);
    while (true) {
      expect(Kind.BLOCK_END);
      Set<String> ends = condition == null ? Set.of("endif") : Set.of("elif", "else", "endif");
      branches.add(new Statement.Branch(condition, body(ends)));
      String end = expectName();
      if (end.equals("endif")) {
        expect(Kind.BLOCK_END);
        return new Statement.If(branches, line);
      }
      condition = end.equals("elif") ? tuple(true) : null;
    }
  }

  private Statement loop(int line) {
    List<String> targets = names();
    if (!skipName("in")) {
      throw unexpected("'in'");
    }
    Expression over = tuple(false);
    Expression condition = skipName("if") ? expression() : null;
    boolean recursive = skipName("recursive");
    expect(Kind.BLOCK_END);
    List<Statement> body = body(Set.of("else", "endfor"));
    List<Statement> otherwise = List.of();
    if (expectName().equals("else")) {
      expect(Kind.BLOCK_END);
      otherwise = body(Set.of("endfor"));
      String unused = expectName();
    }
    expect(Kind.BLOCK_END);
    return new Statement.For(targets, over, condition, body, otherwise, recursive, line);
  }

  private List<String> names() {
    boolean open = skipOperator("(");
    List<String> names = new ArrayList<>();
    do {
      StringBuilder name = new StringBuilder(expectName());
      while (skipOperator(".")) {
        name.append('.').append(expectName());
      }
      names.add(name.toString());
    } while (skipOperator(","));
    if (open) {
      expectOperator(")");
    }
    return names;
  }

  private Statement assignment(int line) {
    List<String> targets = names();
    if (skipOperator("=")) {
      Expression value = tuple(true);
      expect(Kind.BLOCK_END);
      return new Statement.Assign(targets, value, line);
    }
    Expression value = filtered(new Expression.Name(BODY));
    return new Statement.Capture(targets.getFirst(), bodyTo("endset"), value, line);
  }

  private Statement macro() {
    String name = expectName();
    expectOperator("(");
    List<Statement.Parameter> parameters = new ArrayList<>();
    while (!skipOperator(")")) {
      String parameter = expectName();
      parameters.add(new Statement.Parameter(parameter, skipOperator("=") ? expression() : null));
      if (!isOperator(")")) {
        expectOperator(",");
      }
    }
    return new Statement.Macro(name, parameters, bodyTo("endmacro"));
  }

  private Statement with(int line) {
    List<Map.Entry<String, Expression>> variables = new ArrayList<>();
    while (peek().kind() != Kind.BLOCK_END) {
      String name = expectName();
      expectOperator("=");
      variables.add(Map.entry(name, expression()));
      boolean unused = skipOperator(",");
    }
    return new Statement.With(variables, bodyTo("endwith"), line);
  }
}
