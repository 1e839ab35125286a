package io.meshspan.plan;

import io.fabric8.kubernetes.api.model.Secret;
import io.meshspan.change.ChangeKind.Rotate;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.difference.ContentHash;
import io.meshspan.kubernetes.ApplyOutcome;
import io.meshspan.kubernetes.DryRunResult;
import io.meshspan.kubernetes.ObjectRef;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioRelease;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.remotesecret.RemoteSecrets;
import io.meshspan.remotesecret.TokenNames;
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
    private final DesiredMeshObjects usual;

    RotationObjects(ApprovedRecords approvals, RemoteSecrets remoteSecrets, DesiredMeshObjects usual) {
        this.approvals = approvals;
        this.remoteSecrets = remoteSecrets;
        this.usual = usual;
    }

    DesiredObjects of(String change, Mesh mesh, Rotate kind, Set<Step> steps) {
        DesiredObjects sample = steps.contains(Step.SAMPLE) ? usual.of(mesh, Set.of(Step.SAMPLE)) : (m, a) -> List.of();
        Map<ClusterName, TokenNames> tokens = steps.contains(Step.ENDPOINT_DISCOVERY) ? names(change, mesh, kind) : Map.of();
        return (member, approved) -> Stream.of(
                        tokens(mesh, member, tokens),
                        steps.contains(Step.CONTROL_PLANE) ? restart(change, mesh, kind, member) : List.<DesiredObject>of(),
                        sample.of(member, approved))
                .flatMap(List::stream)
                .toList();
    }

    /** The clusters whose control planes read one of those whose token is rotated. */
    static boolean reads(Mesh mesh, Rotate kind, ClusterName reader) {
        return kind.clusters().stream()
                .anyMatch(target -> mesh.readersOf(target).contains(reader));
    }

    private Map<ClusterName, TokenNames> names(String change, Mesh mesh, Rotate kind) {
        Map<ClusterName, TokenNames> names = new TreeMap<>();
        kind.clusters().stream()
                .filter(mesh.clusters()::contains)
                .forEach(target -> names.put(
                        target, approved(change, target).orElseGet(() -> remoteSecrets.rotated(mesh, target))));
        return names;
    }

    /** As the first approved plan of the cluster names them. */
    Optional<TokenNames> approved(String change, ClusterName target) {
        return approvals.plans(change, target).stream().findFirst().map(RotationObjects::names);
    }

    private static TokenNames names(ClusterPlan plan) {
        List<PlannedObject> tokens = plan.objects().stream()
                .filter(planned -> RemoteSecrets.isReaderToken(planned.object()))
                .toList();
        return new TokenNames(
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

    private List<DesiredObject> tokens(Mesh mesh, Member member, Map<ClusterName, TokenNames> tokens) {
        List<DesiredObject> objects = new ArrayList<>();
        TokenNames own = tokens.get(member.cluster());
        if (own != null) {
            objects.add(DesiredObject.of(
                    Step.ENDPOINT_DISCOVERY,
                    RemoteSecrets.readerToken(mesh, own.fresh()),
                    "the new token, filled in by the cluster"));
            own.old().forEach(name -> objects.add(deleted(RemoteSecrets.readerToken(mesh, name))));
        }
        remoteSecrets.targetsOf(mesh, member.cluster()).stream()
                .filter(tokens::containsKey)
                .forEach(target -> objects.add(swapped(mesh, target, tokens)));
        return objects;
    }

    private DesiredObject swapped(Mesh mesh, ClusterName target, Map<ClusterName, TokenNames> tokens) {
        Secret form = remoteSecrets.form(mesh, target);
        Secret secret = Optional.ofNullable(tokens.get(target))
                .flatMap(names -> remoteSecrets.with(mesh, target, names.fresh()))
                .orElse(form);
        return DesiredObject.later(
                Step.ENDPOINT_DISCOVERY, secret, ContentHash.ofObject(form), "reads %s with its new token".formatted(target));
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

    private static List<DesiredObject> restart(String change, Mesh mesh, Rotate kind, Member member) {
        ObjectRef istiod =
                new ObjectRef("apps/v1", "Deployment", IstioNamespace.NAME, mesh.revision().name("istiod"));
        return IstioRelease.losesEndpointsOfReplacedSecrets(mesh.version()) && reads(mesh, kind, member.cluster())
                ? List.of(new DesiredObject(
                        Step.CONTROL_PLANE,
                        istiod,
                        ContentHash.of("restarted for " + change),
                        false,
                        "restarted, since this version may lose endpoints of a cluster whose remote secret is replaced",
                        cluster -> cluster.previewRestart(istiod, change)))
                : List.of();
    }
}
