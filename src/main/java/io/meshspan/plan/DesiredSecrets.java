package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.difference.ContentHash;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The reader token of a cluster, and its remote secrets. The content of a remote secret is only known after the token of the
 * other cluster exists. Until then, everything except the token is compared.
 */
final class DesiredSecrets {

    private final RemoteSecrets remoteSecrets;
    private final Mesh mesh;
    private final Map<ClusterName, Optional<Secret>> known;

    DesiredSecrets(RemoteSecrets remoteSecrets, Mesh mesh) {
        this.remoteSecrets = remoteSecrets;
        this.mesh = mesh;
        this.known = remoteSecrets.known(mesh);
    }

    /** @param approvedAsLater the secrets whose token did not exist at the approval */
    List<DesiredObject> of(Member member, Set<ObjectRef> approvedAsLater) {
        List<DesiredObject> wishes = new ArrayList<>();
        if (known.containsKey(member.cluster())) {
            wishes.add(DesiredObject.of(Step.ENDPOINT_DISCOVERY, remoteSecrets.readerToken(mesh, member.cluster())));
        }
        remoteSecrets
                .targetsOf(mesh, member.cluster())
                .forEach(target -> wishes.add(remoteSecret(target, approvedAsLater)));
        return wishes;
    }

    private DesiredObject remoteSecret(ClusterName target, Set<ObjectRef> approvedAsLater) {
        Secret form = remoteSecrets.form(mesh, target);
        Optional<Secret> secret = known.getOrDefault(target, Optional.empty());
        String note = "read access to the API server of " + target;
        return secret.isEmpty() || approvedAsLater.contains(ObjectRef.of(form))
                ? DesiredObject.later(Step.ENDPOINT_DISCOVERY, secret.orElse(form), ContentHash.ofObject(form), note)
                : DesiredObject.of(Step.ENDPOINT_DISCOVERY, secret.get(), note);
    }
}
