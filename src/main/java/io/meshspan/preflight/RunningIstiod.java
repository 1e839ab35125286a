package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.meshspan.controlplane.IstioNamespace;
import io.meshspan.controlplane.IstiodVersion;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which control planes already run there, and does the requested one fit beside them? */
@Component
final class RunningIstiod implements Check {

    private static final Map<String, String> ISTIOD = Map.of("app", "istiod");

    @Override
    public String name() {
        return "Running control planes";
    }

    @Override
    public List<Finding> check(Mesh mesh, ClusterSnapshot cluster) {
        return cluster.anywhere(Deployment.class, ISTIOD).stream()
                .flatMap(istiod -> judge(mesh, cluster, istiod).stream())
                .toList();
    }

    private static Optional<Finding> judge(Mesh mesh, ClusterSnapshot cluster, Deployment istiod) {
        String namespace = istiod.getMetadata().getNamespace();
        String name = istiod.getMetadata().getName();
        if (!namespace.equals(IstioNamespace.NAME)) {
            return Optional.of(elsewhere(cluster, namespace + "/" + name));
        }
        if (!name.equals(mesh.revision().name("istiod"))) {
            return Optional.of(beside(cluster, name));
        }
        return cluster.member().role() == Role.REMOTE
                ? Optional.of(onRemote(cluster, name))
                : version(mesh, cluster, istiod);
    }

    private static Optional<Finding> version(Mesh mesh, ClusterSnapshot cluster, Deployment istiod) {
        return IstiodVersion.of(istiod)
                .map(running -> skew(mesh, cluster, running))
                .orElseGet(() -> Optional.of(unknown(mesh, cluster, istiod)));
    }

    private static Optional<Finding> skew(Mesh mesh, ClusterSnapshot cluster, IstioVersion running) {
        int ahead = mesh.version().minor() - running.minor();
        String found = running.toString();
        if (ahead < 0) {
            return Optional.of(Finding.blocking(
                    cluster.where(),
                    "version of the running istiod",
                    "%s or older".formatted(mesh.version()),
                    found,
                    "Ask for Istio %s or a newer release: Istio does not go back a minor under running proxies."
                            .formatted(found)));
        }
        return ahead > 1
                ? Optional.of(Finding.warning(
                        cluster.where(),
                        "version of the running istiod",
                        "at most one minor behind " + mesh.version(),
                        found,
                        "Upgrade minor by minor, with the proxies restarted in between."))
                : Optional.empty();
    }

    private static Finding unknown(Mesh mesh, ClusterSnapshot cluster, Deployment istiod) {
        return Finding.warning(
                cluster.where(),
                "version of the running istiod",
                "a version in its image's tag or its labels",
                "image " + IstiodVersion.image(istiod).orElse(""),
                "Find out which Istio it is (istioctl version): it must not be newer than %s, and at most one minor older."
                        .formatted(mesh.version()));
    }

    private static Finding elsewhere(ClusterSnapshot cluster, String name) {
        return Finding.blocking(
                cluster.where(),
                "Deployment " + name,
                "no control plane outside of " + IstioNamespace.NAME,
                "one that also answers for this cluster",
                "Remove it: two control planes change the same webhooks and root certificates in turn.");
    }

    private static Finding beside(ClusterSnapshot cluster, String name) {
        return Finding.note(
                cluster.where(),
                "Deployment %s/%s".formatted(IstioNamespace.NAME, name),
                "no other revision, or an intended one",
                "one in addition to the revision of this change",
                "Nothing, if workloads will move from one revision to the other; otherwise remove it.");
    }

    private static Finding onRemote(ClusterSnapshot cluster, String name) {
        return Finding.blocking(
                cluster.where(),
                "Deployment %s/%s".formatted(IstioNamespace.NAME, name),
                "no control plane of its own, because it uses that of "
                        + cluster.member().controlPlane(),
                "one",
                "Remove it and restart its workloads afterwards, or make this cluster a primary.");
    }
}
