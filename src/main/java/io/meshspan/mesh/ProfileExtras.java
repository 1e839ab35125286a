package io.meshspan.mesh;

/**
 * What {@code istioctl install} with the default profile installs in addition to istiod (manifests/profiles/default.yaml). A
 * mesh needs neither.
 *
 * @param ingressGateway the gateway {@code istio-ingressgateway} for traffic from outside the mesh
 * @param defaultTag the revision tag {@code default}: its webhook injects, and the untagged one never matches
 */
public record ProfileExtras(boolean ingressGateway, boolean defaultTag) {

    public static final ProfileExtras NONE = new ProfileExtras(false, false);
}
