package dev.myna.generate;

import java.util.ArrayList;
import java.util.List;

/** Greedy decoding and sampling: all rows take a step at a time, finished ones leave the batch. */
final class RowLoop {
  private final Run run;

  RowLoop(Run run) {
    this.run = run;
  }

  /**
   * @param first logits after each prompt
   */
  List<Generated> texts(List<Tokens> prompts, float[][] first) {
    int copies = run.sampling().sequences();
    List<Row> rows = new ArrayList<>();
    for (int prompt = 0; prompt < prompts.size(); prompt++) {
      for (int sequence = 0; sequence < copies; sequence++) {
        rows.add(new Row(prompt, sequence, prompts.get(prompt).copy(), run));
      }
    }
    float[][] logits = copies == 1 ? first : run.repeat(first, copies);
    List<Row> active = rows;
    while (!active.isEmpty()) {
      List<Row> next = new ArrayList<>();
      List<Integer> parents = new ArrayList<>();
      List<Integer> tokens = new ArrayList<>();
      for (int i = 0; i < active.size(); i++) {
        Row row = active.get(i);
        int token = row.advance(logits[i]);
        if (!row.finished()) {
          next.add(row);
          parents.add(i);
          tokens.add(token);
        }
      }
      run.stepped();
      if (!next.isEmpty()) {
        logits = run.goOn(parents, tokens);
      }
      active = next;
    }
    return rows.stream().map(Row::result).toList();
  }
}
