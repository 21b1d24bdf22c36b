package dev.myna.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A table as text: columns two spaces apart, numbers to the right, texts to the left. */
final class Columns {
  private static final Pattern NUMBER =
      Pattern.compile("[+−±-]?[\\d.,]*\\d[\\d.,]*([eE][+-]?\\d+)?( ?[%×A-Za-zµ/]{1,3})?|-|");

  private Columns() {}

  static String of(List<String> head, List<? extends List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    StringBuilder text = new StringBuilder();
    int columns = head.size();
    int[] widths = new int[columns];
    boolean[] right = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      int column = c;
      widths[c] = all.stream().mapToInt(row -> width(row.get(column))).max().orElse(0);
      right[c] =
          !rows.isEmpty()
              && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        int gap = widths[c] - width(row.get(c));
        line.repeat(' ', right[c] ? gap : 0).append(row.get(c)).repeat(' ', right[c] ? 0 : gap);
        line.append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }

  /** Columns on a terminal: East Asian wide characters take two, combining marks none. */
  static int width(String text) {
    return text.codePoints().map(Columns::width).sum();
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
