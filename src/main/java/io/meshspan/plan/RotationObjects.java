package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.change.RotatedCredential;
import io.meshspan.controlplane.IstiodRestart;
import io.meshspan.difference.ContentHash;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.remotesecret.TokenSecrets;
import io.meshspan.trust.IntermediateRotation;
import io.meshspan.trust.MeshTrust;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * All objects that a step of a rotation writes to a cluster or deletes there. Which Secrets are new and which are old is decided
 * once, by the first approved plan: in the middle of a rotation both are there.
 */
@Component
final class RotationObjects {

    private final ApprovedRecords approvals;
    private final RemoteSecrets remoteSecrets;
    private final IntermediateRotation intermediates;
    private final RootRotationObjects roots;
    private final DesiredMeshObjects usual;

    RotationObjects(
            ApprovedRecords approvals,
            RemoteSecrets remoteSecrets,
            IntermediateRotation intermediates,
            RootRotationObjects roots,
            DesiredMeshObjects usual) {
        this.roots = roots;
        this.intermediates = intermediates;
        this.approvals = approvals;
        this.remoteSecrets = remoteSecrets;
        this.usual = usual;
    }

    DesiredObjects of(String change, Mesh mesh, Rotate kind, Set<Step> steps) {
        DesiredObjects sample = steps.contains(Step.SAMPLE) ? usual.of(mesh, Set.of(Step.SAMPLE)) : (m, a) -> List.of();
        if (kind.credential() == RotatedCredential.ROOT) {
            DesiredObjects phases = roots.of(change, mesh, steps);
            return (member, approved) -> Stream.concat(
                            phases.of(member, approved).stream(), sample.of(member, approved).stream())
                    .toList();
        }
        boolean ofTokens = kind.credential() == RotatedCredential.REMOTE_TOKENS;
        Map<ClusterName, TokenSecrets> tokens =
                ofTokens && steps.contains(Step.ENDPOINT_DISCOVERY) ? names(change, mesh, kind) : Map.of();
        List<ClusterName> cas = ofTokens ? List.of() : signed(change, mesh, kind);
        return (member, approved) -> Stream.of(
                        tokens(mesh, member, tokens),
                        steps.contains(Step.TRUST) && cas.contains(member.cluster())
                                ? List.of(intermediate(change))
                                : List.<DesiredObject>of(),
                        steps.contains(Step.CONTROL_PLANE)
                                ? restart(change, mesh, kind, cas, member)
                                : List.<DesiredObject>of(),
                        sample.of(member, approved))
                .flatMap(List::stream)
                .toList();
    }

    private Map<ClusterName, TokenSecrets> names(String change, Mesh mesh, Rotate kind) {
        Map<ClusterName, TokenSecrets> names = new TreeMap<>();
        kind.clusters().stream()
                .filter(mesh.clusters()::contains)
                .filter(target -> !mesh.readersOf(target).isEmpty())
                .forEach(target -> names.put(
                        target, approved(change, target).orElseGet(() -> remoteSecrets.rotated(mesh, target))));
        return names;
    }

    /** As the first approved plan of the cluster names them. */
    Optional<TokenSecrets> approved(String change, ClusterName target) {
        return approvals.plans(change, target).stream().findFirst().map(RotationObjects::names);
    }

    private static TokenSecrets names(ClusterPlan plan) {
        List<PlannedObject> tokens = plan.objects().stream()
                .filter(planned -> RemoteSecrets.isReaderToken(planned.object()))
                .toList();
        return new TokenSecrets(
                tokens.stream()
                        .filter(planned -> planned.outcome() == ApplyOutcome.CREATED)
                        .map(planned -> planned.object().name())
                        .findFirst()
                        .orElse(""),
                tokens.stream()
                        .filter(planned -> planned.outcome() == ApplyOutcome.DELETED)
                        .map(planned -> planned.object().name())
                        .toList());
    }

    private List<DesiredObject> tokens(Mesh mesh, Member member, Map<ClusterName, TokenSecrets> tokens) {
        List<DesiredObject> objects = new ArrayList<>();
        TokenSecrets own = tokens.get(member.cluster());
        if (own != null) {
            objects.add(DesiredObject.of(
                    Step.ENDPOINT_DISCOVERY,
                    RemoteSecrets.readerToken(mesh, own.fresh()),
                    mesh.boundTokens()
                            .map(
                                    "the new bound tokens, valid for %s, end with this Secret; it has no content"
                                            ::formatted)
                            .orElse("the new token, filled in by the cluster")));
            own.old().forEach(name -> objects.add(deleted(RemoteSecrets.readerToken(mesh, name))));
        }
        remoteSecrets.targetsOf(mesh, member.cluster()).stream()
                .filter(tokens::containsKey)
                .forEach(target -> objects.add(swapped(mesh, member.cluster(), target, tokens)));
        return objects;
    }

    private DesiredObject swapped(
            Mesh mesh, ClusterName reader, ClusterName target, Map<ClusterName, TokenSecrets> tokens) {
        Secret withoutToken = remoteSecrets.withoutToken(mesh, target);
        Secret secret = Optional.ofNullable(tokens.get(target))
                .flatMap(names -> known(mesh, reader, target, names.fresh()))
                .orElse(withoutToken);
        return DesiredObject.later(
                Step.ENDPOINT_DISCOVERY,
                secret,
                ContentHash.ofObject(withoutToken),
                "reads %s with its new token".formatted(target));
    }

    /** With the new token, as far as it exists. */
    private Optional<Secret> known(Mesh mesh, ClusterName reader, ClusterName target, String fresh) {
        return mesh.boundTokens().isPresent()
                ? remoteSecrets.held(mesh, target, fresh, reader)
                : remoteSecrets.present(mesh, target, fresh);
    }

    private static DesiredObject deleted(Secret old) {
        ObjectRef ref = ObjectRef.of(old);
        return new DesiredObject(
                Step.ENDPOINT_DISCOVERY,
                ref,
                ContentHash.of("deleted"),
                false,
                "the old token, once nothing reads with it any more",
                cluster -> new DryRunResult(
                        cluster.name(),
                        ref,
                        cluster.states(List.of(ref)).containsKey(ref) ? ApplyOutcome.DELETED : ApplyOutcome.UNCHANGED,
                        List.of(),
                        true));
    }

    /** The clusters with an intermediate that is rotated. */
    private List<ClusterName> signed(String change, Mesh mesh, Rotate kind) {
        List<ClusterName> approved = kind.clusters().stream()
                .filter(name -> approvals.plans(change, name).stream()
                        .findFirst()
                        .flatMap(plan -> plan.find(MeshTrust.CACERTS))
                        .isPresent())
                .toList();
        return approved.isEmpty() ? intermediates.concerned(mesh, kind.clusters()) : approved;
    }

    private DesiredObject intermediate(String change) {
        return DesiredObject.cacerts(intermediates.desired(), cluster -> intermediates.preview(change, cluster));
    }

    private static List<DesiredObject> restart(
            String change, Mesh mesh, Rotate kind, List<ClusterName> cas, Member member) {
        ObjectRef istiod = IstiodRestart.deployment(mesh);
        boolean ofTokens = kind.credential() == RotatedCredential.REMOTE_TOKENS;
        boolean restarts = ofTokens
                ? IstioRelease.losesEndpointsOfReplacedSecrets(mesh.version())
                        && mesh.readersOf(kind.clusters()).contains(member.cluster())
                : member.role() == Role.PRIMARY && cas.contains(member.cluster());
        return restarts
                ? List.of(new DesiredObject(
                        Step.CONTROL_PLANE,
                        istiod,
                        ContentHash.of("restarted for " + change),
                        false,
                        ofTokens
                                ? "stopped while the remote secrets are replaced, then started: this version loses endpoints of a cluster whose remote"
                                        + " secret is replaced. Meanwhile no pod that needs a sidecar starts; running proxies keep their endpoints"
                                : "restarted only if it does not read the new intermediate by itself",
                        cluster -> cluster.previewRestart(istiod, change)))
                : List.of();
    }
}
