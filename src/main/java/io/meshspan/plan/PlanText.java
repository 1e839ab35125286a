package io.meshspan.plan;

import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.kubernetes.Outcome;
import io.meshspan.kubernetes.Preview;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as Markdown: changes before creations, creations by kind, and what stays as it is only counted. */
public final class PlanText {

    private PlanText() {}

    public static String of(Plan plan) {
        return plan.clusters().stream().map(PlanText::cluster).collect(Collectors.joining("\n\n"));
    }

    private static String cluster(ClusterPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("### %s (%s, %s)"
                .formatted(
                        plan.member().cluster(),
                        plan.member().network(),
                        plan.member().role().name().toLowerCase(Locale.ROOT)));
        section(lines, "change", plan.count(Outcome.PATCHED), changed(plan.objects()));
        section(lines, "create", plan.count(Outcome.CREATED), created(plan.objects()));
        if (plan.objects().stream().anyMatch(o -> !o.dryRun())) {
            lines.add("\\* the API server could not be asked yet: the namespace or the kind is created by this change");
            lines.add("");
        }
        section(lines, "write later", plan.later().size(), plan.later());
        lines.add("**unchanged: %d**".formatted(plan.count(Outcome.UNCHANGED)));
        plan.files().forEach((part, text) -> lines.add(file(part, text)));
        return String.join("\n", lines);
    }

    private static String file(String part, String text) {
        return "\n**file for istioctl: %s**\n\n```yaml\n%s```".formatted(part, text);
    }

    private static void section(List<String> lines, String verb, long count, List<String> content) {
        if (count > 0) {
            lines.add("**%s: %d**".formatted(verb, count));
            lines.add("");
            content.forEach(line -> lines.add("- " + line));
            lines.add("");
        }
    }

    private static List<String> changed(List<Preview> objects) {
        return objects.stream()
                .filter(o -> o.outcome() == Outcome.PATCHED)
                .map(o -> "%s: %s".formatted(o.object(), String.join(", ", o.fields())))
                .toList();
    }

    /** The API server was not asked about objects whose namespace or kind does not exist yet: they bear a mark. */
    private static List<String> created(List<Preview> objects) {
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        objects.stream()
                .filter(o -> o.outcome() == Outcome.CREATED)
                .forEach(o -> byKind.computeIfAbsent(o.object().kind(), kind -> new ArrayList<>())
                        .add(name(o.object()) + (o.dryRun() ? "" : "\\*")));
        return byKind.entrySet().stream()
                .map(e -> "%s: %s".formatted(e.getKey(), String.join(", ", e.getValue())))
                .toList();
    }

    private static String name(ObjectRef object) {
        return object.namespace() == null ? object.name() : object.namespace() + "/" + object.name();
    }
}
