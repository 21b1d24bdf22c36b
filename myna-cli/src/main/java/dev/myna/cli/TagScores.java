package dev.myna.cli;

import dev.myna.text.metrics.Averaging;
import dev.myna.text.metrics.ClassScores;
import dev.myna.text.metrics.Classification;
import dev.myna.text.metrics.Entities;
import dev.myna.text.metrics.EntityScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Shows how well tags were said: entities where they are of that kind, else each tag. */
final class TagScores {
  private TagScores() {}

  /**
   * @param truth tags of each sentence
   * @param said as many
   */
  static void show(List<List<String>> truth, List<List<String>> said, Output out, Figures figures) {
    EntityScores entities = EntityScores.of(truth, said);
    List<String> right = joined(truth);
    List<String> found = joined(said);
    figures.put("accuracy", entities.accuracy());
    if (Entities.areIn(Stream.concat(right.stream(), found.stream()).toList())) {
      entities(entities, out, figures);
    } else {
      tags(Classification.of(right, found), out, figures);
    }
    figures.put("sentences", truth.size());
    figures.put("words", right.size());
    out.line("accuracy  %.2f %% of %,d words", 100 * entities.accuracy(), right.size());
  }

  private static List<String> joined(List<List<String>> tags) {
    return tags.stream().flatMap(List::stream).toList();
  }

  private static void entities(EntityScores scores, Output out, Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    Map<String, Object> types = new LinkedHashMap<>();
    scores
        .types()
        .forEach(
            (type, score) -> {
              rows.add(row(type, score.precision(), score.recall(), score.f1(), score.support()));
              types.put(type, map(score.precision(), score.recall(), score.f1(), score.support()));
            });
    EntityScores.Score all = scores.all();
    rows.add(row("all", all.precision(), all.recall(), all.f1(), all.support()));
    figures.put("entity_precision", all.precision());
    figures.put("entity_recall", all.recall());
    figures.put("entity_f1", all.f1());
    figures.put("macro_entity_f1", scores.macro(EntityScores.Score::f1));
    figures.put("entities", all.support());
    figures.put("entities_found", all.found());
    figures.put("entities_right", all.right());
    figures.put("types", types);
    out.table(List.of("entity", "precision", "recall", "F1", "support"), rows);
  }

  private static void tags(Classification counted, Output out, Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    Map<String, Object> tags = new LinkedHashMap<>();
    for (String tag : counted.labels()) {
      ClassScores score = counted.of(tag, 1);
      rows.add(row(tag, score.precision(), score.recall(), score.fscore(), score.support()));
      tags.put(tag, map(score.precision(), score.recall(), score.fscore(), score.support()));
    }
    ClassScores macro = counted.average(Averaging.MACRO, 1);
    rows.add(row("macro", macro.precision(), macro.recall(), macro.fscore(), macro.support()));
    figures.put("macro_f1", macro.fscore());
    figures.put("tags", tags);
    out.table(List.of("tag", "precision", "recall", "F1", "support"), rows);
  }

  private static List<String> row(
      String name, double precision, double recall, double f1, long support) {
    return List.of(name, figure(precision), figure(recall), figure(f1), "" + support);
  }

  private static Map<String, Object> map(double precision, double recall, double f1, long support) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("precision", precision);
    map.put("recall", recall);
    map.put("f1", f1);
    map.put("support", support);
    return map;
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
