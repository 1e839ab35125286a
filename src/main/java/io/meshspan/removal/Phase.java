package io.meshspan.removal;

import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.plan.Step;
import java.util.Set;

/**
 * The order of a removal (istio.io, Uninstall of each multicluster topology): an object is deleted after the objects that
 * need it. The phase of an object follows from its kind and name, because a plan keeps only these.
 */
public enum Phase {
    SAMPLE(Step.SAMPLE),
    REMOTE_SECRETS(Step.ENDPOINT_DISCOVERY),
    EXPOSURE(Step.EXPOSE_SERVICES),
    GATEWAYS(Step.GATEWAY),
    CONTROL_PLANE(Step.CONTROL_PLANE),
    BASE(Step.TRUST),
    NAMESPACE(Step.NAMESPACE),
    CRDS(Step.CONTROL_PLANE);

    static final String ISTIO_SYSTEM = "istio-system";

    static final String CRD = "CustomResourceDefinition";
    private static final Set<String> GATEWAYS_OF_THE_GUIDE = Set.of("istio-eastwestgateway", "istio-ingressgateway");
    private static final Set<String> BASICS = Set.of("Secret", "EndpointSlice", "Lease");
    private static final Set<String> BY_ISTIOD = Set.of("istio-ca-root-cert", "istio-ca-crl");
    private static final String READER = "istio-reader";

    private final Step undone;

    Phase(Step undone) {
        this.undone = undone;
    }

    /** The step of an installation that this phase reverses. */
    Step undone() {
        return undone;
    }

    static Phase of(ObjectRef object) {
        if (object.kind().equals("Namespace")) {
            return object.name().equals(ISTIO_SYSTEM) ? NAMESPACE : SAMPLE;
        }
        if (object.kind().equals(CRD)) {
            return CRDS;
        }
        if (object.apiVersion().startsWith("networking.istio.io/")) {
            return EXPOSURE;
        }
        return inNamespace(object);
    }

    private static Phase inNamespace(ObjectRef object) {
        String name = object.name();
        if (object.kind().equals("Secret") && name.startsWith("istio-remote-secret-")) {
            return REMOTE_SECRETS;
        }
        if (GATEWAYS_OF_THE_GUIDE.stream().anyMatch(name::startsWith)) {
            return GATEWAYS;
        }
        if (object.kind().equals("ConfigMap") && name.startsWith("meshspan-")) {
            return NAMESPACE;
        }
        boolean basic = BASICS.contains(object.kind())
                || BY_ISTIOD.contains(name)
                || name.startsWith(READER)
                || name.endsWith("leader")
                || name.endsWith("election");
        return basic ? BASE : CONTROL_PLANE;
    }
}
