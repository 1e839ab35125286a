package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/** Which version and which revision can follow the present ones (istio.io, Canary Upgrades: one minor at a time). */
public final class UpgradeRules {

    private static final String VERSION = "istioVersion";
    private static final String REVISION = "revision";

    private UpgradeRules() {}

    /** The revision of a version if nobody names one: Istio's form of it, such as {@code 1-31-0}. */
    public static String revisionOf(IstioVersion version) {
        return version.toString().replace('.', '-');
    }

    /** One cluster after the other: each primary, and after it the remotes that it serves. */
    public static List<Member> order(Mesh mesh) {
        List<Member> order = new ArrayList<>();
        mesh.primaries().forEach(primary -> {
            order.add(primary);
            mesh.remotes().stream()
                    .filter(remote -> remote.controlPlane().equals(primary.cluster()))
                    .forEach(order::add);
        });
        return order;
    }

    /**
     * What is wrong with an installation that would upgrade a declared mesh: it works on all clusters at once.
     *
     * @param older the mesh as it is declared
     * @param running the clusters in which an older control plane of the same revision runs
     */
    public static List<Finding> ofInstallation(Mesh older, Mesh asked, List<ClusterName> running) {
        boolean upgrade = asked.version().compareTo(older.version()) > 0
                && asked.revision().equals(older.revision())
                && older.primaryClusters().stream().anyMatch(running::contains);
        return upgrade
                ? List.of(Finding.blocking(
                        "mesh " + older.id(),
                        VERSION,
                        "%s, which the mesh has as declared, or another revision".formatted(older.version()),
                        InputRules.quoted(asked.version().toString()),
                        "Stop this change, and start upgrade-mesh, which runs the new version next to the old one, or"
                                + " upgrade-in-place, which goes from cluster to cluster. An installation would upgrade all"
                                + " clusters at once."))
                : List.of();
    }

    /** @param older the mesh as it is declared */
    public static List<Finding> findings(Mesh older, RequestField version, RequestField revision) {
        List<Finding> findings = new ArrayList<>();
        if (IstioVersion.isVersion(version.text())) {
            IstioVersion now = older.version();
            IstioVersion then = IstioVersion.parse(version.text());
            if (then.compareTo(now) <= 0) {
                findings.add(Finding.blocking(
                        version.where(),
                        VERSION,
                        "a version newer than %s, which mesh %s has".formatted(now, older.id()),
                        InputRules.quoted(version.text()),
                        "Choose a newer one: Istio does not go back under running proxies. A roll back takes an upgrade back"
                                + " while it runs."));
            } else if (then.major() != now.major() || then.minor() > now.minor() + 1) {
                findings.add(Finding.blocking(
                        version.where(),
                        VERSION,
                        "%d.%d or %d.%d: no minor is skipped"
                                .formatted(now.major(), now.minor(), now.major(), now.minor() + 1),
                        InputRules.quoted(version.text()),
                        "Upgrade to %d.%d first: a control plane is at most one minor ahead of its proxies."
                                .formatted(now.major(), now.minor() + 1)));
            }
        }
        if (!revision.isAbsent() && revision.text().equals(older.revision().value())) {
            findings.add(Finding.blocking(
                    revision.where(),
                    REVISION,
                    "another one than that of the present control planes",
                    InputRules.quoted(revision.text()),
                    "Leave it out: it is then made of the version, such as 1-31-0."));
        }
        return findings;
    }
}
