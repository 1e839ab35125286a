package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.difference.ContentHash;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.remotesecret.RemoteSecrets.Known;
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
    private final Map<ClusterName, Known> known;

    DesiredSecrets(RemoteSecrets remoteSecrets, Mesh mesh) {
        this.remoteSecrets = remoteSecrets;
        this.mesh = mesh;
        this.known = remoteSecrets.known(mesh);
    }

    /** @param approvedAsLater the secrets whose token did not exist at the approval */
    List<DesiredObject> of(Member member, Set<ObjectRef> approvedAsLater) {
        List<DesiredObject> wishes = new ArrayList<>();
        if (known.containsKey(member.cluster())) {
            wishes.add(DesiredObject.of(
                    Step.ENDPOINT_DISCOVERY,
                    remoteSecrets.readerToken(mesh, member.cluster()),
                    mesh.boundTokens()
                            .map("bound tokens, valid for %s, end with this Secret; it has no content"::formatted)
                            .orElse("")));
        }
        remoteSecrets
                .targetsOf(mesh, member.cluster())
                .forEach(target -> wishes.add(remoteSecret(member.cluster(), target, approvedAsLater)));
        return wishes;
    }

    private DesiredObject remoteSecret(ClusterName reader, ClusterName target, Set<ObjectRef> approvedAsLater) {
        Secret withoutToken = remoteSecrets.withoutToken(mesh, target);
        Optional<Secret> secret = Optional.ofNullable(known.get(target)).flatMap(there -> there.by(reader));
        String note = "read access to the API server of " + target;
        if (mesh.boundTokens().isPresent()) {
            return bound(
                    withoutToken,
                    secret,
                    note + ", with a bound token valid for "
                            + mesh.boundTokens().get());
        }
        return secret.isEmpty() || approvedAsLater.contains(ObjectRef.of(withoutToken))
                ? DesiredObject.later(
                        Step.ENDPOINT_DISCOVERY, secret.orElse(withoutToken), ContentHash.ofObject(withoutToken), note)
                : DesiredObject.of(Step.ENDPOINT_DISCOVERY, secret.get(), note);
    }

    /** A bound token is no part of what is approved: it is kept while it is good, and a renewal may come between. */
    private static DesiredObject bound(Secret withoutToken, Optional<Secret> held, String note) {
        return new DesiredObject(
                Step.ENDPOINT_DISCOVERY,
                ObjectRef.of(withoutToken),
                ContentHash.ofObject(withoutToken),
                held.isEmpty(),
                note,
                cluster -> cluster.preview(held.orElse(withoutToken)));
    }
}
