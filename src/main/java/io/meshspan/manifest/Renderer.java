package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.ValuesPart;
import java.util.List;
import java.util.Optional;

/** Turns a part of a mesh into objects, in the order in which they can be applied; one class a tool. */
public interface Renderer {

    /**
     * Renders as for a first installation. The metadata is the caller's to change, the rest is shared.
     *
     * @throws io.meshspan.finding.StepFailed CHARTS_UNUSABLE if the charts or the tool are missing or broken
     */
    List<GenericKubernetesResource> render(Part part);

    /** The file that the tool is given, for people to read; empty if it is given charts and values instead. */
    Optional<String> source(Part part);

    /** A chart's {@code values.yaml}; empty if it cannot be had by itself, or if the tool checks values. */
    Optional<String> defaults(Chart chart, IstioVersion version);

    /** The keys of values that the tool has no place for, and would drop. */
    List<List<String>> inexpressible(ValuesPart part, HelmValues given);

    /** What stands in the way of rendering for this version, before anything is touched. */
    List<Finding> check(IstioVersion version);
}
