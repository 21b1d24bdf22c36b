package dev.myna.text.vectors;

import dev.myna.text.features.Documents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Questions of the form "a is to b as c is to what?" in sections, as in questions-words.txt of the
 * word2vec program.
 */
public record AnalogyQuestions(List<Section> sections) {
  /** Four words; the last is the answer. */
  public record Question(String a, String b, String c, String answer) {}

  public record Section(String name, List<Question> questions) {
    public Section {
      questions = List.copyOf(questions);
    }
  }

  /**
   * @param asked questions whose four words all have vectors
   * @param correct those answered with the first guess
   * @param missing questions left out
   */
  public record Result(String section, int asked, int correct, int missing) {
    /** Share of correct answers, 0 to 1; NaN where nothing was asked. */
    public double accuracy() {
      return asked == 0 ? Double.NaN : (double) correct / asked;
    }
  }

  public AnalogyQuestions {
    sections = List.copyOf(sections);
  }

  /**
   * Reads sections that begin with a line {@code : name}, and questions of four words a line.
   *
   * @throws VectorsException naming the line that is neither
   * @throws dev.myna.text.features.FeatureException naming the line that is too long or not UTF-8
   */
  public static AnalogyQuestions read(Path file) {
    var sections = new ArrayList<Section>();
    String name = file.getFileName().toString();
    var questions = new ArrayList<Question>();
    int number = 0;
    for (String each : Documents.lines(file)) {
      number++;
      String line = each.strip();
      String[] words = line.split("\\s+");
      if (line.startsWith(":")) {
        if (!questions.isEmpty()) {
          sections.add(new Section(name, questions));
        }
        name = line.substring(1).strip();
        questions = new ArrayList<>();
      } else if (words.length == 4) {
        questions.add(new Question(words[0], words[1], words[2], words[3]));
      } else if (!line.isEmpty()) {
        throw new VectorsException(
            "four words or a section were wanted in line %,d of %s, found \"%s\""
                .formatted(number, file, line.substring(0, Math.min(line.length(), 60))));
      }
    }
    if (!questions.isEmpty()) {
      sections.add(new Section(name, questions));
    }
    if (sections.isEmpty()) {
      throw new VectorsException("analogy questions were wanted, and %s has none".formatted(file));
    }
    return new AnalogyQuestions(sections);
  }

  /**
   * Answers every question whose words all have vectors, whatever their case. The three given words
   * are no answers.
   *
   * @param among only the first so many words are asked about and may answer (the original program
   *     takes 30,000)
   * @return a result a section, and one for all under the name {@code total}
   */
  public List<Result> evaluate(WordVectors vectors, Analogy method, int among) {
    Require.atLeast("among", among, 1);
    var folded = new FoldedWords(vectors.vocabulary(), Math.min(among, vectors.size()));
    var results = new ArrayList<Result>();
    int asked = 0;
    int correct = 0;
    int missing = 0;
    for (Section section : sections) {
      Result result = evaluate(section, vectors, folded, method);
      results.add(result);
      asked += result.asked();
      correct += result.correct();
      missing += result.missing();
    }
    results.add(new Result("total", asked, correct, missing));
    return results;
  }

  private static Result evaluate(
      Section section, WordVectors vectors, FoldedWords folded, Analogy method) {
    List<int[]> asked =
        section.questions().stream()
            .map(
                q ->
                    IntStream.of(
                            folded.id(q.a()),
                            folded.id(q.b()),
                            folded.id(q.c()),
                            folded.id(q.answer()))
                        .toArray())
            .filter(ids -> IntStream.of(ids).allMatch(id -> id >= 0))
            .toList();
    long correct =
        asked.parallelStream().filter(ids -> answers(ids, vectors, folded, method)).count();
    return new Result(
        section.name(), asked.size(), (int) correct, section.questions().size() - asked.size());
  }

  private static boolean answers(
      int[] ids, WordVectors vectors, FoldedWords folded, Analogy method) {
    float[] scores = vectors.analogies(ids[0], ids[1], ids[2], folded.among(), method);
    for (int given = 0; given < 3; given++) {
      scores[ids[given]] = Float.NEGATIVE_INFINITY;
    }
    int best = 0;
    for (int id = 1; id < scores.length; id++) {
      if (scores[id] > scores[best]) {
        best = id;
      }
    }
    return best == ids[3];
  }
}
