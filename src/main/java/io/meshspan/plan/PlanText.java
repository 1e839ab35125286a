package io.meshspan.plan;

import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan as Markdown. Equal changes in several clusters appear once. Deleted and changed objects come first, field by field.
 * Created objects are listed by kind; unchanged ones are only counted.
 */
public final class PlanText {

    private static final int SMALL = 2;

    /** From so many objects with equal changes on, these are told once. */
    private static final int ALIKE = 3;

    private final ClusterNames names;

    private PlanText(ClusterNames names) {
        this.names = names;
    }

    public static String of(Plan plan) {
        List<String> clusters =
                plan.clusters().stream().map(c -> c.member().cluster().value()).toList();
        return new PlanText(new ClusterNames(clusters)).text(plan);
    }

    /** What happens to the sample at the end; empty if the plan has no sample. */
    public static String afterwards(Plan plan, boolean keepSample) {
        if (plan.sample().findAny().isEmpty()) {
            return "";
        }
        return keepSample
                ? "\n\nHelloWorld **stays installed** after the verification, as requested."
                : "\n\nHelloWorld is removed again when the verification has ended.";
    }

    private String text(Plan plan) {
        GroupedByClusters<ObjectLine> lines = new GroupedByClusters<>();
        Map<FieldChange, FieldView> views = new HashMap<>();
        plan.clusters()
                .forEach(cluster -> cluster.lasting()
                        .filter(o -> o.outcome() != ApplyOutcome.UNCHANGED)
                        .forEach(o -> lines.add(
                                ObjectLine.of(o, views),
                                cluster.member().cluster().value())));
        List<String> parts = new ArrayList<>();
        if (plan.lasts()) {
            parts.add(new PlanCounts(names).table(plan));
        }
        PeerObjectLines others = new PeerObjectLines(names, lines.byClusters());
        List<String> besides = new ArrayList<>(others.lines().toList());
        lines.byClusters().entrySet().stream()
                .filter(group -> !others.tells(group.getKey()))
                .sorted(Comparator.comparing(group -> !alarming(group.getValue())))
                .forEach(group -> {
                    if (group.getValue().size() <= SMALL && !alarming(group.getValue())) {
                        besides.add(small(group.getKey(), group.getValue()));
                    } else {
                        parts.add(group(group.getKey(), group.getValue()));
                    }
                });
        besides.addAll(kept(plan));
        if (!besides.isEmpty()) {
            parts.add("### Besides\n\n" + String.join("\n", besides));
        }
        SampleText.of(plan, names).forEach(parts::add);
        parts.addAll(legend(String.join("", parts)));
        parts.addAll(PlanFiles.of(plan));
        return String.join("\n\n", parts);
    }

    /** Which trust is used where the plan writes none. */
    private List<String> kept(Plan plan) {
        GroupedByClusters<ObjectLine> kept = new GroupedByClusters<>();
        plan.clusters()
                .forEach(cluster -> cluster.lasting()
                        .filter(o -> o.step() == Step.TRUST && o.outcome() == ApplyOutcome.UNCHANGED)
                        .filter(o -> !o.note().isEmpty())
                        .forEach(o -> kept.add(
                                ObjectLine.of(o, new HashMap<>()),
                                cluster.member().cluster().value())));
        return kept.byClusters().entrySet().stream()
                .flatMap(group -> group.getValue().stream()
                        .map(line -> "- In %s %s"
                                .formatted(
                                        names.inWords(group.getKey()),
                                        line.full().substring(2))))
                .toList();
    }

    private static boolean alarming(List<ObjectLine> lines) {
        return lines.stream().anyMatch(line -> line.outcome() != ApplyOutcome.CREATED);
    }

    private String small(List<String> clusters, List<ObjectLine> lines) {
        return lines.stream()
                .map(line -> "- In %s create %s"
                        .formatted(names.inWords(clusters), line.full().substring(2)))
                .collect(Collectors.joining("\n"));
    }

    private String group(List<String> clusters, List<ObjectLine> lines) {
        List<String> parts = new ArrayList<>();
        parts.add("### In " + names.inWords(clusters));
        section(parts, "delete", lines, ApplyOutcome.DELETED);
        section(parts, "change", lines, ApplyOutcome.PATCHED);
        section(parts, "create", lines, ApplyOutcome.CREATED);
        return String.join("\n\n", parts);
    }

    private static void section(List<String> parts, String verb, List<ObjectLine> lines, ApplyOutcome applyOutcome) {
        List<ObjectLine> these =
                lines.stream().filter(line -> line.outcome() == applyOutcome).toList();
        if (!these.isEmpty()) {
            parts.add("**%s: %d**".formatted(verb, these.size()));
            parts.add(
                    switch (applyOutcome) {
                        case CREATED -> byKind(these);
                        case PATCHED -> changed(these);
                        default -> each(these);
                    });
        }
    }

    private static String each(List<ObjectLine> lines) {
        return lines.stream().map(ObjectLine::full).collect(Collectors.joining("\n"));
    }

    /** A take-over gives many objects one label: that is told once, after what concerns few objects. */
    private static String changed(List<ObjectLine> lines) {
        Map<List<FieldView>, List<ObjectLine>> alike = lines.stream()
                .filter(line -> line.note().isEmpty() && !line.changes().isEmpty())
                .collect(Collectors.groupingBy(ObjectLine::changes, LinkedHashMap::new, Collectors.toList()));
        alike.values().removeIf(group -> group.size() < ALIKE);
        Stream<String> single = lines.stream()
                .filter(line -> !line.note().isEmpty() || !alike.containsKey(line.changes()))
                .map(ObjectLine::full);
        Stream<String> together = alike.values().stream()
                .map(group -> "- %d objects in the same way: %s%s"
                        .formatted(
                                group.size(),
                                kinds(group.stream(), "%s %s", "; "),
                                group.get(0).fields()));
        return Stream.concat(single, together).collect(Collectors.joining("\n"));
    }

    private static String kinds(Stream<ObjectLine> lines, String form, String between) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        lines.forEach(line ->
                kinds.computeIfAbsent(line.kind(), kind -> new ArrayList<>()).add(line.name()));
        return kinds.entrySet().stream()
                .map(e -> form.formatted(e.getKey(), String.join(", ", e.getValue())))
                .collect(Collectors.joining(between));
    }

    private static String byKind(List<ObjectLine> lines) {
        String plain = kinds(lines.stream().filter(line -> line.note().isEmpty() || line.isLater()), "- %s: %s", "\n");
        String noted = each(lines.stream()
                .filter(line -> !line.note().isEmpty() && !line.isLater())
                .toList());
        return (plain + "\n" + noted).strip();
    }

    private static List<String> legend(String text) {
        List<String> legend = new ArrayList<>();
        if (text.contains(ObjectLine.NOT_ASKED)) {
            legend.add(ObjectLine.NOT_ASKED
                    + " the API server could not be asked yet: the namespace or the kind is created by this change, so"
                    + " no policy has spoken (a stand-in namespace lets it, see meshspan.plan.stand-in)");
        }
        if (text.contains(ObjectLine.LATER)) {
            legend.add(ObjectLine.LATER
                    + " a part of it is known only while the change runs: a gateway's address, or a token in a Secret");
        }
        return legend;
    }

    /** The number of objects in each cluster; clusters with equal numbers share a row. */
    private static final class PlanCounts {

        private static final List<ApplyOutcome> COLUMNS =
                List.of(ApplyOutcome.CREATED, ApplyOutcome.PATCHED, ApplyOutcome.DELETED, ApplyOutcome.UNCHANGED);

        private final ClusterNames names;

        PlanCounts(ClusterNames names) {
            this.names = names;
        }

        String table(Plan plan) {
            GroupedByClusters<List<Long>> counts = new GroupedByClusters<>();
            plan.clusters()
                    .forEach(cluster -> counts.add(
                            counts(cluster), cluster.member().cluster().value()));
            Stream<String> head =
                    Stream.of("| cluster | create | change | delete | unchanged |", "|---|---|---|---|---|");
            Stream<String> rows = counts.byClusters().entrySet().stream()
                    .map(row -> "| %s | %s |".formatted(names.inWords(row.getKey()), cells(row.getValue())));
            return Stream.concat(head, rows).collect(Collectors.joining("\n"));
        }

        private static List<Long> counts(ClusterPlan cluster) {
            return COLUMNS.stream().map(cluster::count).toList();
        }

        private static String cells(List<List<Long>> counts) {
            return counts.get(0).stream().map(String::valueOf).collect(Collectors.joining(" | "));
        }
    }

    /** The part of a plan that is only for the verification, as Markdown: written once and counted separately. */
    private static final class SampleText {

        private static final int FEW = 4;
        private static final Pattern OWN_NUMBER = Pattern.compile("-v[0-9]+$");

        private SampleText() {}

        /** Empty if the plan has no such part. */
        static Stream<String> of(Plan plan, ClusterNames names) {
            GroupedByClusters<String> lines = new GroupedByClusters<>();
            plan.clusters()
                    .forEach(cluster -> cluster.sample()
                            .forEach(object -> lines.add(
                                    line(object, plan),
                                    cluster.member().cluster().value())));
            Map<List<String>, List<String>> groups = lines.byClusters();
            return groups.isEmpty()
                    ? Stream.empty()
                    : Stream.of("### For the verification", head(plan), byClusters(groups, names));
        }

        private static String head(Plan plan) {
            return "The sample HelloWorld, %d objects, counted apart. It changes nothing that is there: where its namespace is"
                            .formatted(plan.sample().count())
                    + " somebody else's, the verification stops."
                    + (many(plan) ? " N stands for a number that differs between clusters." : "");
        }

        private static String byClusters(Map<List<String>, List<String>> groups, ClusterNames names) {
            Map<String, String> lines = new LinkedHashMap<>();
            groups.forEach((clusters, objects) -> lines.put(names.inWords(clusters), String.join(", ", objects)));
            return lines.entrySet().stream()
                    .map(line -> "- In %s: %s".formatted(line.getKey(), line.getValue()))
                    .collect(Collectors.joining("\n"));
        }

        private static boolean many(Plan plan) {
            return plan.clusters().size() > FEW;
        }

        private static String line(PlannedObject object, Plan plan) {
            String name = object.object().toString();
            return (many(plan) ? OWN_NUMBER.matcher(name).replaceFirst("-vN") : name)
                    + (object.note().isEmpty() ? "" : " (" + noted(object) + ")");
        }

        private static String noted(PlannedObject object) {
            return object.object().kind().equals("Deployment") ? "image `" + object.note() + "`" : object.note();
        }
    }
}
