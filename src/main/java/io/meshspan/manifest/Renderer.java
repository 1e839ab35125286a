package io.meshspan.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.meshspan.mesh.IstioVersion;
import java.util.List;
import java.util.Map;

/** Turns one of Istio's charts and its values into objects, in the order in which they can be applied. */
public interface Renderer {

    /**
     * Renders as for a first installation. The metadata is the caller's to change, the rest is shared.
     *
     * @throws io.meshspan.finding.StepFailed CHARTS_UNUSABLE if the chart is missing or broken
     */
    List<GenericKubernetesResource> render(Chart chart, IstioVersion version, Map<String, Object> values);
}
