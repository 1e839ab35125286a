package io.meshspan.finding;

import java.util.Collection;
import java.util.stream.Collectors;

/** The first of many names, so that a sentence stays readable. */
public final class FewNames {

    private FewNames() {}

    /** For example {@code a, b and 3 more}. */
    public static String of(Collection<String> names, int most) {
        return of(names, most, ", ");
    }

    /** With another separator, for names or sentences that have commas. */
    public static String of(Collection<String> names, int most, String separator) {
        String first = names.stream().limit(most).collect(Collectors.joining(separator));
        return names.size() > most ? "%s and %d more".formatted(first, names.size() - most) : first;
    }
}
