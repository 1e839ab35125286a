package io.meshspan.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshspan.difference.FieldChange;
import io.meshspan.kubernetes.ApplyOutcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A plan for a page, grouped by clusters. Deleted and changed objects come first.
 *
 * @param asRecorded whether the shown plan matches its recorded digest
 * @param clusters all of its clusters
 * @param besides as text, what each cluster gets for each other one
 * @param sample objects that are only for the verification
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanView(
        String digest,
        boolean asRecorded,
        List<String> clusters,
        List<Count> counts,
        List<Moved> moved,
        List<Group> groups,
        List<String> besides,
        List<Group> sample,
        List<InstallFile> files) {

    private static final List<ApplyOutcome> ORDER =
            List.of(ApplyOutcome.DELETED, ApplyOutcome.PATCHED, ApplyOutcome.CREATED, ApplyOutcome.UNCHANGED);

    /** The number of objects in one cluster, without the sample. */
    record Count(String cluster, long create, long change, long delete, long unchanged) {}

    /** An object that drifted since the approval, as text. */
    record Moved(String where, String object, String approved, String now) {}

    /** @param title the clusters in few words */
    record Group(String title, List<String> clusters, List<ObjectView> objects) {}

    /**
     * @param action create, change, delete or leave
     * @param asked false if the API server could not be asked yet
     * @param later whether a part of it is only known while the change runs
     * @param left the fields that differ and stay as they are
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ObjectView(
            String action,
            String apiVersion,
            String kind,
            String name,
            String note,
            boolean asked,
            boolean later,
            List<FieldView> fields,
            List<FieldView> left) {}

    /**
     * An input file of the renderer.
     *
     * @param cluster the clusters as text
     * @param title a description
     */
    record InstallFile(String cluster, String part, String yaml, String title) {}

    /** @param recorded the digest that was recorded when people were shown the plan */
    static PlanView of(String recorded, Plan plan, List<Moved> moved) {
        List<String> clusters = plan.clusters().stream().map(PlanView::name).toList();
        ClusterNames names = new ClusterNames(clusters);
        Map<List<String>, List<ObjectLine>> lines = lines(plan, ClusterPlan::lasting);
        PeerObjectLines others = new PeerObjectLines(names, lines);
        Map<List<String>, List<ObjectLine>> told = new LinkedHashMap<>(lines);
        told.keySet().removeIf(others::tells);
        return new PlanView(
                recorded,
                plan.digest().equals(recorded),
                clusters,
                plan.clusters().stream().map(PlanView::count).toList(),
                moved,
                groups(told, names),
                others.lines().map(line -> line.replaceFirst("^- ", "")).toList(),
                groups(lines(plan, ClusterPlan::sample), names),
                PlanFiles.files(plan).stream()
                        .map(file -> new InstallFile(file.clusters(), file.part(), file.yaml(), file.title()))
                        .toList());
    }

    private static String name(ClusterPlan cluster) {
        return cluster.member().cluster().value();
    }

    private static Count count(ClusterPlan cluster) {
        return new Count(
                name(cluster),
                cluster.count(ApplyOutcome.CREATED),
                cluster.count(ApplyOutcome.PATCHED),
                cluster.count(ApplyOutcome.DELETED),
                cluster.count(ApplyOutcome.UNCHANGED));
    }

    private interface Part {
        Stream<PlannedObject> of(ClusterPlan cluster);
    }

    private static Map<List<String>, List<ObjectLine>> lines(Plan plan, Part part) {
        GroupedByClusters<ObjectLine> lines = new GroupedByClusters<>();
        Map<FieldChange, FieldView> views = new HashMap<>();
        plan.clusters()
                .forEach(cluster -> part.of(cluster)
                        .filter(object -> object.outcome() != ApplyOutcome.UNCHANGED
                                || !object.left().isEmpty())
                        .forEach(object -> lines.add(ObjectLine.of(object, views), name(cluster))));
        return lines.byClusters();
    }

    private static List<Group> groups(Map<List<String>, List<ObjectLine>> lines, ClusterNames names) {
        return lines.entrySet().stream()
                .map(group -> new Group(names.inWords(group.getKey()), group.getKey(), objects(group.getValue())))
                .toList();
    }

    private static List<ObjectView> objects(List<ObjectLine> lines) {
        return lines.stream()
                .sorted(Comparator.comparing(line -> ORDER.indexOf(line.outcome())))
                .map(PlanView::object)
                .toList();
    }

    private static ObjectView object(ObjectLine line) {
        return new ObjectView(
                switch (line.outcome()) {
                    case DELETED -> "delete";
                    case PATCHED -> "change";
                    case UNCHANGED -> "leave";
                    default -> "create";
                },
                line.object().apiVersion(),
                line.kind(),
                line.place(),
                line.note(),
                !line.mark().contains(ObjectLine.NOT_ASKED),
                line.mark().contains(ObjectLine.LATER),
                line.changes(),
                line.left());
    }
}
