package io.meshspan.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Some clusters of a mesh in few words: fifty names become one range, and a missing one is named. */
public final class ClusterNames {

    private static final Pattern NUMBERED = Pattern.compile("(.*?)([1-9][0-9]{0,8})");
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparing(ClusterNames::before).thenComparingInt(ClusterNames::number);
    private static final int FEW = 4;
    private static final int FEW_MISSING = 2;
    private static final int SHORTEST_RANGE = 3;

    private final List<String> all;

    /** @param all the clusters of the mesh */
    public ClusterNames(List<String> all) {
        this.all = List.copyOf(all);
    }

    /** @return for example {@code all clusters but cluster7} */
    public String inWords(List<String> some) {
        List<String> missing = without(some).toList();
        if (all.size() <= FEW || some.size() <= FEW) {
            return some.stream().sorted(BY_NUMBER).collect(Collectors.joining(", "));
        }
        if (missing.isEmpty()) {
            return "all %d clusters".formatted(all.size());
        }
        return missing.size() <= FEW_MISSING
                ? "all clusters but " + String.join(" and ", missing)
                : String.join(", ", ranges(some.stream().sorted(BY_NUMBER).toList()));
    }

    /** All other clusters. */
    Stream<String> without(List<String> some) {
        return all.stream().filter(name -> !some.contains(name));
    }

    private static String before(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? numbered.group(1) : name;
    }

    private static int number(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? Integer.parseInt(numbered.group(2)) : 0;
    }

    private static List<String> ranges(List<String> names) {
        List<String> words = new ArrayList<>();
        int start = 0;
        while (start < names.size()) {
            int end = start + 1;
            while (end < names.size() && follows(names.get(end - 1), names.get(end))) {
                end++;
            }
            if (end - start >= SHORTEST_RANGE) {
                words.add(names.get(start) + " to " + names.get(end - 1));
            } else {
                words.addAll(names.subList(start, end));
            }
            start = end;
        }
        return words;
    }

    private static boolean follows(String one, String other) {
        return number(one) > 0 && before(one).equals(before(other)) && number(one) + 1 == number(other);
    }
}
