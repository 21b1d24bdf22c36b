package dev.myna.text.corpus;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that patterns name. A pattern is a file, a folder (all files in it, at any depth,
 * but no hidden ones) or a glob: {@code *}, {@code ?}, <code>[a-z]</code>, <code>{a,b}</code>, and
 * {@code **} for any number of folders, also none.
 */
final class Patterns {
  private Patterns() {}

  /** The files that one pattern names, sorted by path; at least one. */
  static List<Path> files(String pattern) {
    if (pattern.isBlank()) {
      throw new CorpusException(
          "A pattern of the corpus is empty; name a file, a folder or a glob.");
    }
    Path literal = path(pattern);
    if (literal != null && Files.isRegularFile(literal)) {
      return List.of(literal);
    }
    if (literal != null && Files.isDirectory(literal)) {
      List<Path> found = walk(literal, _ -> true);
      if (found.isEmpty()) {
        throw new CorpusException(
            "The folder " + pattern + " holds no file; put text files there.");
      }
      return found;
    }
    String seenFrom = " (seen from " + Path.of("").toAbsolutePath() + ")";
    if (firstWildcard(pattern) < 0) {
      throw new CorpusException(
          "There is no file or folder " + pattern + seenFrom + "; check the name.");
    }
    List<Path> found = glob(pattern);
    if (found.isEmpty()) {
      throw new CorpusException(
          "No file matches "
              + pattern
              + seenFrom
              + "; check the pattern, and quote it where the shell would expand it.");
    }
    return found;
  }

  private static @Nullable Path path(String pattern) {
    try {
      return Path.of(pattern);
    } catch (InvalidPathException wildcards) {
      // Windows allows no * in a path; a NUL is a path nowhere.
      return null;
    }
  }

  private static int firstWildcard(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Walks the folder before the first wildcard and keeps what matches the rest. */
  private static List<Path> glob(String pattern) {
    int slash = pattern.lastIndexOf('/', firstWildcard(pattern));
    Path root = path(slash < 0 ? "" : pattern.substring(0, slash + 1));
    if (root == null || !Files.isDirectory(root.toAbsolutePath())) {
      return List.of();
    }
    List<PathMatcher> matchers = new ArrayList<>();
    try {
      for (String variant : withoutEmptyFolders(pattern.substring(slash + 1))) {
        matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + variant));
      }
    } catch (PatternSyntaxException wrong) {
      throw new CorpusException(
          "The pattern " + pattern + " is not a glob: " + wrong.getDescription() + ".", wrong);
    }
    return walk(
        root,
        file -> {
          Path inside = root.relativize(file);
          return matchers.stream().anyMatch(m -> m.matches(inside));
        });
  }

  /** Java's {@code **}{@code /} wants at least one folder; users of shells expect none to do. */
  private static List<String> withoutEmptyFolders(String glob) {
    List<String> variants = new ArrayList<>(List.of(glob));
    int at = glob.indexOf("**/");
    if (at == 0 || (at > 0 && glob.charAt(at - 1) == '/')) {
      String head = glob.substring(0, at);
      String tail = glob.substring(at + 3);
      for (String variant : withoutEmptyFolders(tail)) {
        variants.add(head + variant);
        variants.add(head + "**/" + variant);
      }
    }
    return variants;
  }

  private static List<Path> walk(Path root, Predicate<Path> wanted) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
              return !folder.equals(root) && isHidden(folder)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
              if (a.isRegularFile() && !isHidden(file) && wanted.test(file)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed)
                throws IOException {
              if (failed instanceof FileSystemLoopException) {
                // A link to a folder above: what it leads to is walked anyway.
                return FileVisitResult.CONTINUE;
              }
              throw failed;
            }
          });
    } catch (IOException failed) {
      throw new CorpusException(
          "The folder %s could not be walked (%s); check its permissions."
              .formatted(root.toAbsolutePath(), failed),
          failed);
    }
    // Independent of the system's separator, so that every system reads in the same order.
    found.sort(Comparator.comparing(f -> f.toString().replace('\\', '/')));
    return found;
  }

  private static boolean isHidden(Path file) {
    Path name = file.getFileName();
    return name != null && name.toString().startsWith(".");
  }
}
