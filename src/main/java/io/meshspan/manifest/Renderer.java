package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.ValuesPart;
import java.util.List;
import java.util.Optional;

/** Turns a part of a mesh into objects, in the order in which they can be applied. There is one class for each tool. */
public interface Renderer {

    /**
     * Renders as for a first installation. The caller may change the metadata; the rest is shared.
     *
     * @throws io.meshspan.finding.StepFailed CHARTS_UNUSABLE if the charts or the tool are missing or broken
     */
    List<GenericKubernetesResource> render(ManifestPart part);

    /** The tool's input file, for people to read; empty if the tool gets charts and values instead. */
    Optional<String> source(ManifestPart part);

    /** A chart's {@code values.yaml}. Empty if it cannot be fetched separately, or if the tool checks values itself. */
    Optional<String> defaults(Chart chart, IstioVersion version);

    /** The keys of values that the tool has no field for and would drop. */
    List<List<String>> inexpressible(ValuesPart part, HelmValues given);

    /** Problems that prevent rendering for this version, found before any change. */
    List<Finding> check(IstioVersion version);
}
