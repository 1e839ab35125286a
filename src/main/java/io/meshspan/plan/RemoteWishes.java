package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.controlplane.Remote;
import io.meshspan.gateway.GatewayAddress;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.kubernetes.Fingerprint;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What a remote holds. Webhooks and the service istiod carry the address of the primary's gateway, which may only be
 * known while the change runs: then they are planned with a placeholder, once as an IP and once as a hostname, for the
 * charts make other objects of either.
 */
@Component
final class RemoteWishes {

    /** Of the reserved class E: valid, and no load balancer's. */
    static final String PLACEHOLDER = "240.0.0.1";

    private static final String HOSTNAME = "gateway.invalid";

    private final Clusters clusters;
    private final Remote remote;

    RemoteWishes(Clusters clusters, Remote remote) {
        this.clusters = clusters;
        this.remote = remote;
    }

    /** @param approvedAsLater whether the approved plan did not know the address; then it is compared without it */
    List<Wish> of(Mesh mesh, Member member, boolean approvedAsLater) {
        Stream<Wish> base = remote.base(mesh).stream().map(object -> Wish.of(Step.CONTROL_PLANE, object));
        Optional<String> address = GatewayAddress.find(clusters.get(member.controlPlane()));
        Stream<Wish> istiod = address.isEmpty() || approvedAsLater
                ? later(mesh, member, address.orElse(PLACEHOLDER))
                : remote.istiod(mesh, member, address.get()).stream()
                        .map(object -> Wish.of(Step.CONTROL_PLANE, object));
        return Stream.concat(base, istiod).toList();
    }

    private Stream<Wish> later(Mesh mesh, Member member, String address) {
        Map<ObjectRef, String> known = new HashMap<>();
        Stream.of(PLACEHOLDER, HOSTNAME)
                .flatMap(form -> remote.istiod(mesh, member, form).stream())
                .forEach(object -> known.merge(ObjectRef.of(object), fingerprint(object), (a, b) -> a + b));
        String note = "with the address of %s's gateway, once it has one".formatted(member.controlPlane());
        return remote.istiod(mesh, member, address).stream()
                .map(object -> Wish.later(
                        Step.CONTROL_PLANE,
                        object,
                        Fingerprint.of(known.getOrDefault(ObjectRef.of(object), "")),
                        note));
    }

    private static String fingerprint(HasMetadata object) {
        return Fingerprint.ofObject(object);
    }
}
