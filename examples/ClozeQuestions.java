import module java.base;

/**
 * Makes cloze questions of WikiText (cf. Ram et al., 2021). Arguments: text.gz, questions.jsonl.
 */
public class ClozeQuestions {
  private static final Pattern NAME = Pattern.compile("(?<= )[A-Z][a-z]+( [A-Z][a-z]+)+(?= )");
  private static int asked;

  public static void main(String[] args) throws IOException {
    var gz = new GZIPInputStream(Files.newInputStream(Path.of(args[0])));
    try (var in = new BufferedReader(new InputStreamReader(gz, StandardCharsets.UTF_8));
        var out = new PrintWriter(Files.newBufferedWriter(Path.of(args[1])))) {
      in.lines().filter(line -> !line.startsWith(" =")).forEach(line -> ask(line.strip(), out));
    }
  }

  /** A sentence without a name that also stands elsewhere in the paragraph asks for that name. */
  private static void ask(String paragraph, PrintWriter out) {
    for (String sentence : paragraph.split("(?<= [.]) ")) {
      String passage = paragraph.replace(sentence, "").strip().replace("  ", " ");
      var names = NAME.matcher(sentence).results().map(MatchResult::group);
      names
          .filter(name -> passage.contains(" " + name + " "))
          .findFirst()
          .ifPresent(name -> out.println(json(sentence.replace(name, "[MASK]"), passage, name)));
    }
  }

  private static String json(String question, String passage, String name) {
    int start = passage.codePointCount(0, passage.indexOf(" " + name + " ") + 1);
    return "{\"id\": \"%d\", \"question\": %s, \"context\": %s, \"answers\": {\"text\": [\"%s\"], \"answer_start\": [%d]}}"
        .formatted(++asked, quoted(question), quoted(passage), name, start);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
