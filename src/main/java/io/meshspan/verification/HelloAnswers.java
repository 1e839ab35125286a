package io.meshspan.verification;

import io.meshspan.kubernetes.Cluster.ExecResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a row of calls printed, sorted into answers and the rest. The proxy's own texts ({@code upstream connect error
 * ...}) end without a line break, so an answer may start in the middle of a line.
 *
 * @param counts answers by version; versions that stayed silent count 0
 * @param problems what else was printed, each text once: at most 5, of at most 300 characters (the proxy's longest text,
 *     that of a failed certificate check, has its reason after the 177th)
 */
record HelloAnswers(Map<String, Integer> counts, List<String> problems) {

    private static final Pattern HELLO = Pattern.compile("Hello version: ([^,\\s]+), instance: \\S+");
    private static final Pattern BORDER = Pattern.compile("\\R|(?=upstream connect error|no healthy upstream)");
    private static final int MOST_PROBLEMS = 5;
    private static final int LONGEST_PROBLEM = 300;

    static HelloAnswers in(ExecResult result, Collection<String> expectedVersions) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        expectedVersions.forEach(version -> counts.put(version, 0));
        Matcher hello = HELLO.matcher(result.stdout());
        while (hello.find()) {
            counts.merge(hello.group(1), 1, Integer::sum);
        }
        return new HelloAnswers(counts, problems(hello.replaceAll("\n"), result));
    }

    private static List<String> problems(String withoutAnswers, ExecResult result) {
        List<String> texts = Stream.of(withoutAnswers, result.stderr())
                .flatMap(BORDER::splitAsStream)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_PROBLEM)))
                .distinct()
                .limit(MOST_PROBLEMS)
                .toList();
        return texts.isEmpty() && result.exitCode() != 0
                ? List.of("exit code " + result.exitCode() + " without a word")
                : texts;
    }
}
