package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshspan.controlplane.Remote;
import io.meshspan.difference.ContentHash;
import io.meshspan.gateway.Discovery;
import io.meshspan.gateway.DiscoveryAddress;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The objects of a remote. Webhooks and the service istiod contain the address of the primary's gateway, which may only be
 * known while the change runs. Then they are planned with a placeholder, once as an IP and once as a hostname, because the
 * charts render different objects for each.
 */
@Component
final class DesiredRemoteObjects {

    /** From the reserved class E: valid, but never the address of a load balancer. */
    static final String PLACEHOLDER = "240.0.0.1";

    private static final String HOSTNAME = "gateway.invalid";

    private static final List<DiscoveryAddress> FORMS = List.of(
            DiscoveryAddress.at(PLACEHOLDER),
            DiscoveryAddress.at(HOSTNAME),
            new DiscoveryAddress(HOSTNAME, Optional.of(HOSTNAME)));

    private final Discovery discovery;
    private final Remote remote;

    DesiredRemoteObjects(Discovery discovery, Remote remote) {
        this.discovery = discovery;
        this.remote = remote;
    }

    /** @param approvedAsLater whether the approved plan did not know the address; then the comparison ignores it */
    List<DesiredObject> of(Mesh mesh, Member member, boolean approvedAsLater) {
        Optional<DiscoveryAddress> address = discovery.of(mesh, member);
        return address.isEmpty() || approvedAsLater
                ? later(mesh, member, address.orElse(FORMS.get(0)))
                : remote.desired(mesh, member, address).stream()
                        .map(object -> DesiredObject.of(
                                Step.CONTROL_PLANE,
                                object,
                                bearsAddress(object) ? address.get().why() : ""))
                        .toList();
    }

    /** The object by which the remote finds istiod: the plan shows which of several addresses it uses. */
    private static boolean bearsAddress(HasMetadata object) {
        return object.getMetadata().getName().startsWith("istiod")
                && (object.getKind().equals("Service") || object.getKind().equals("EndpointSlice"));
    }

    private List<DesiredObject> later(Mesh mesh, Member member, DiscoveryAddress address) {
        Map<ObjectRef, String> known = known(mesh, member);
        Set<ObjectRef> base = remote.desired(mesh, member, Optional.empty()).stream()
                .map(ObjectRef::of)
                .collect(Collectors.toSet());
        String note = "with the address of %s's gateway, once it has one".formatted(member.controlPlane());
        return remote.desired(mesh, member, Optional.of(address)).stream()
                .map(object -> base.contains(ObjectRef.of(object))
                        ? DesiredObject.of(Step.CONTROL_PLANE, object)
                        : DesiredObject.later(
                                Step.CONTROL_PLANE,
                                object,
                                ContentHash.of(known.getOrDefault(ObjectRef.of(object), "")),
                                note))
                .toList();
    }

    /** By object, the fingerprints of all its possible forms. */
    private Map<ObjectRef, String> known(Mesh mesh, Member member) {
        Map<ObjectRef, String> known = new HashMap<>();
        FORMS.stream()
                .flatMap(form -> remote.desired(mesh, member, Optional.of(form)).stream())
                .forEach(object -> known.merge(ObjectRef.of(object), ContentHash.ofObject(object), String::concat));
        return known;
    }
}
