package io.meshspan.manifest;

import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.ValuesPart;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a chart gets in a cluster, from the weakest to the strongest: the chart's own, which Helm knows; the
 * company's; the mesh's; the cluster's; those that follow from the mesh. Where Istio's images come from
 * ({@code global.hub} and {@code global.tag}) stands in the same order, below the company's as the settings say it.
 */
public final class ValuesLayers {

    private static final String GLOBAL = "global";
    private static final String HUB = "hub";
    private static final String TAG = "tag";

    private final ChartProperties charts;
    private final HelmValues company;

    ValuesLayers(ChartProperties charts, HelmValues company) {
        this.charts = charts;
        this.company = company;
    }

    /** Those that the whole company wants. */
    public HelmValues company() {
        return company;
    }

    /** What was given for a part in this cluster, whoever gave it. */
    public HelmValues given(ValuesPart part, Mesh mesh, Member member) {
        return member.values().part(part).over(mesh.values().part(part)).over(company.part(part));
    }

    /** What was given, and over it what follows from the mesh. */
    public HelmValues with(HelmValues owned, ValuesPart part, Mesh mesh, Member member) {
        HelmValues given = given(part, mesh, member);
        return owned.over(part == ValuesPart.ISTIOD ? given.over(images(mesh, member)) : given);
    }

    /** {@code global.hub} and {@code global.tag} as they hold for a cluster. */
    public HelmValues images(Mesh mesh, Member member) {
        return images(mesh, member.values());
    }

    /** The same for all clusters that say nothing of their own. */
    public HelmValues images(Mesh mesh) {
        return images(mesh, HelmValues.NONE);
    }

    /** Charts of a source tree carry development images, so the tag is always set. */
    private HelmValues images(Mesh mesh, HelmValues own) {
        ImageSource asked = mesh.images();
        HelmValues all = own.part(ValuesPart.ISTIOD)
                .over(mesh.values().part(ValuesPart.ISTIOD))
                .over(images(asked.hub(), asked.tag()))
                .over(company.part(ValuesPart.ISTIOD))
                .over(images(charts.hub(), charts.tag() == null ? mesh.version().toString() : charts.tag()));
        return images(
                all.at(List.of(GLOBAL, HUB)).orElse(null),
                all.at(List.of(GLOBAL, TAG)).orElse(null));
    }

    private static HelmValues images(@Nullable Object hub, @Nullable Object tag) {
        Map<String, Object> images = new HashMap<>();
        if (hub != null) {
            images.put(HUB, hub);
        }
        if (tag != null) {
            images.put(TAG, tag);
        }
        return images.isEmpty() ? HelmValues.NONE : new HelmValues(Map.of(GLOBAL, images));
    }

    /** The head of an IstioOperator, to which the caller adds: images and revision. */
    public Map<String, Object> operator(Mesh mesh, Member member) {
        Map<String, Object> spec = new LinkedHashMap<>();
        HelmValues images = images(mesh, member).below(GLOBAL);
        for (String key : List.of(HUB, TAG)) {
            images.at(List.of(key)).ifPresent(value -> spec.put(key, value));
        }
        if (mesh.revision().isNamed()) {
            spec.put("revision", mesh.revision().value());
        }
        return spec;
    }
}
