package io.meshspan;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Borders that show in the sources only: sizes of files and rooms, SQL, and how many files a story takes. */
class SourceRulesTest {

    private static final Path MAIN = Path.of("src/main/java/io/meshspan");
    private static final int MOST_LINES = 300;
    private static final int MOST_FILES_OF_A_STORY = 7;
    private static final Pattern ENGINE_TABLE = Pattern.compile("\"ACT_\"|\\bACT_(?:RU|HI|RE|GE|ID)_[A-Z]");
    private static final Pattern STORY = Pattern.compile("(?m)^- \\*\\*(.+?)\\*\\*(?s:(.*?))(?=^- |^#|\\z)");
    private static final Pattern QUOTED = Pattern.compile("`([\\w-]+)`");

    private final Map<String, Path> sources = sources();

    @Test
    void shouldKeepSqlOverTheEnginesTablesInOneClass() {
        assertThat(sources).hasSizeGreaterThan(400);
        assertThat(sources.values())
                .filteredOn(file -> ENGINE_TABLE.matcher(read(file)).find())
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly("EngineTables.java");
    }

    @Test
    void shouldKeepEachFileShortEnoughToRead() {
        assertThat(sources.values())
                .allSatisfy(file -> assertThat(read(file).lines().count())
                        .as(file.toString())
                        .isLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void shouldHaveNoRoomOverAFifthOfTheWhole() {
        Map<String, Long> rooms = sources.values().stream()
                .collect(groupingBy(file -> MAIN.relativize(file).getName(0).toString(), TreeMap::new, counting()));

        assertThat(rooms).hasSizeGreaterThan(20);
        assertThat(rooms)
                .allSatisfy((room, files) -> assertThat(files * 5).as(room).isLessThanOrEqualTo(sources.size()));
    }

    /** Each file but the first is named in one that was opened before: whoever reads needs no search. */
    @Test
    void shouldTellEachStoryInAtMostSevenFiles() {
        String section = read(Path.of("docs/architecture.md"))
                .split("## Three stories", 2)[1]
                .split("\n## ", 2)[0];
        Map<String, List<String>> stories = new LinkedHashMap<>();
        STORY.matcher(section).results().forEach(story -> stories.put(story.group(1), quoted(story.group(2))));

        assertThat(stories).hasSize(3);
        stories.forEach((story, files) -> {
            assertThat(files).as(story).hasSizeBetween(2, MOST_FILES_OF_A_STORY);
            assertThat(files).as(story).allSatisfy(file -> assertThat(sources).containsKey(file));
            assertThat(reached(files)).as(story).containsExactlyInAnyOrderElementsOf(files);
        });
    }

    private Set<String> reached(List<String> files) {
        Set<String> reached = new LinkedHashSet<>(files.subList(0, 1));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            String text = read(Objects.requireNonNull(sources.get(open.pop())));
            files.stream()
                    .filter(file ->
                            Pattern.compile("\\b" + file + "\\b").matcher(text).find())
                    .filter(reached::add)
                    .forEach(open::add);
        }
        return reached;
    }

    private static List<String> quoted(String text) {
        return QUOTED.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> Character.isUpperCase(name.charAt(0)))
                .toList();
    }

    private static Map<String, Path> sources() {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .collect(toMap(
                            file -> String.valueOf(file.getFileName()).replace(".java", ""),
                            file -> file,
                            (one, other) -> one,
                            TreeMap::new));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
