package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Entities in the tags of a sentence: {@code B-X} begins one of type X, {@code I-X} goes on with
 * it, {@code E-X} ends it, {@code S-X} is one of a single word, {@code O} is outside. Where tags do
 * not fit each other, an entity begins and ends as in {@code conlleval} and in seqeval (Nakayama,
 * 2018) without its strict mode: an {@code I-X} after {@code O} or after another type begins one.
 * So IOB1, IOB2 and BIOES are read alike; {@code L} and {@code U} of BILOU are taken as {@code E}
 * and {@code S}.
 */
public final class Entities {
  private static final Pattern TAG = Pattern.compile("O|[BIESLU](-.*)?");

  private Entities() {}

  /**
   * An entity.
   *
   * @param type what follows the dash; {@code _} where nothing does
   * @param start number of its first word
   * @param end number of the word behind its last
   */
  public record Entity(String type, int start, int end) {}

  /** Whether tags are of this kind: all of them look so, and some begin or go on with an entity. */
  public static boolean areIn(Collection<String> tags) {
    return tags.stream().allMatch(tag -> TAG.matcher(tag).matches())
        && tags.stream().anyMatch(tag -> tag.startsWith("B") || tag.startsWith("I"));
  }

  /** The entities of a sentence, in order. */
  public static List<Entity> of(List<String> tags) {
    List<Entity> entities = new ArrayList<>();
    char before = 'O';
    String typeBefore = "";
    int start = 0;
    for (int i = 0; i <= tags.size(); i++) {
      String tag = i < tags.size() ? tags.get(i) : "O";
      char kind = kind(tag);
      String type = type(tag);
      boolean other = !type.equals(typeBefore);
      if (ends(before, kind) || before != 'O' && other) {
        entities.add(new Entity(typeBefore, start, i));
      }
      if (begins(before, kind) || kind != 'O' && other) {
        start = i;
      }
      before = kind;
      typeBefore = type;
    }
    return entities;
  }

  private static char kind(String tag) {
    char kind = tag.charAt(0);
    boolean bare = tag.length() == 1 || tag.charAt(1) == '-';
    return bare && kind == 'L' ? 'E' : bare && kind == 'U' ? 'S' : kind;
  }

  private static String type(String tag) {
    String rest = tag.substring(1);
    String type = rest.substring(rest.indexOf('-') + 1);
    return type.isEmpty() ? "_" : type;
  }

  private static boolean ends(char before, char kind) {
    return switch (before) {
      case 'E', 'S' -> true;
      case 'B', 'I' -> kind == 'B' || kind == 'S' || kind == 'O';
      default -> false;
    };
  }

  private static boolean begins(char before, char kind) {
    return switch (kind) {
      case 'B', 'S' -> true;
      case 'E', 'I' -> before == 'E' || before == 'S' || before == 'O';
      default -> false;
    };
  }
}
