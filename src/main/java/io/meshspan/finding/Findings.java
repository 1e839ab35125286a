package io.meshspan.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A list of findings for people: the most severe first, and equal findings of several places combined. */
public record Findings(List<Finding> list) {

    /** The maximum in one message or answer: nobody corrects more at once. */
    public static final int MOST_TOLD = 50;

    public Findings {
        list = List.copyOf(list);
    }

    /** The first findings, one text each. */
    public List<String> told() {
        return list.stream().limit(MOST_TOLD).map(Finding::toString).toList();
    }

    /** The number of findings that are not shown. */
    public int untold() {
        return Math.max(0, list.size() - MOST_TOLD);
    }

    /** The shown findings, one on each line, and the number of the others. */
    public String text() {
        String told = String.join("\n", told());
        return untold() == 0 ? told : told + "\nNot shown: %d more. Correct these first.".formatted(untold());
    }

    public boolean blocking() {
        return list.stream().anyMatch(finding -> finding.severity() == Severity.BLOCKING);
    }

    public Findings with(List<Finding> others) {
        List<Finding> all = new ArrayList<>(list);
        all.addAll(others);
        return new Findings(all);
    }

    public List<Finding> grouped() {
        Map<Finding, Set<String>> places = new LinkedHashMap<>();
        list.forEach(finding -> places.computeIfAbsent(at("-", finding), alike -> new LinkedHashSet<>())
                .add(finding.where()));
        return places.entrySet().stream()
                .map(e -> at(String.join(", ", e.getValue()), e.getKey()))
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    private static Finding at(String where, Finding finding) {
        return new Finding(
                finding.severity(), where, finding.what(), finding.expected(), finding.found(), finding.advice());
    }

    @Override
    public String toString() {
        return grouped().stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}
