package io.meshspan.declared;

import io.meshspan.declared.RunningMesh.Found;
import io.meshspan.finding.Finding;
import io.meshspan.finding.Findings;
import io.meshspan.mesh.AcceptedReleases;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.ImageSource;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.ProfileExtras;
import io.meshspan.mesh.Revision;
import io.meshspan.mesh.Topology;
import io.meshspan.preflight.InstalledIstio;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mesh that was found in some clusters.
 *
 * @param mesh empty if the found data are contradictory
 * @param roots the SHA-256 fingerprints of the root certificates, each once
 * @param findings the contradictions, and what people should know
 */
public record FoundMesh(Optional<Mesh> mesh, List<String> roots, Findings findings) {

    /** Istio's annotation for a remote that any control plane may serve. */
    private static final Set<String> ANY = Set.of("*");

    private static final String ADVICE = "Correct it in the clusters, or name only clusters of one mesh.";

    static FoundMesh of(List<Found> found, AcceptedReleases releases) {
        List<String> roots = found.stream()
                .flatMap(each -> each.root().stream())
                .distinct()
                .sorted()
                .toList();
        List<Finding> findings = new ArrayList<>();
        found.forEach(each -> findings.addAll(single(each, releases)));
        Stream.of(
                        one(found, "mesh ID", FoundMesh::meshIds),
                        one(found, "revision", FoundMesh::revisions),
                        one(found, "Istio version", each -> each.versions().values()),
                        one(
                                found,
                                "root certificate",
                                each -> each.root().stream().toList()))
                .flatMap(Optional::stream)
                .forEach(findings::add);
        Set<String> names =
                found.stream().map(each -> each.istioName().value()).collect(Collectors.toCollection(TreeSet::new));
        List<String> primaries = found.stream()
                .filter(FoundMesh::isPrimary)
                .map(each -> each.istioName().value())
                .toList();
        found.forEach(each -> findings.addAll(together(each, names, primaries)));
        Findings all = new Findings(findings);
        return new FoundMesh(all.blocking() ? Optional.empty() : Optional.of(mesh(found, primaries)), roots, all);
    }

    private static boolean isPrimary(Found found) {
        return !found.versions().isEmpty();
    }

    private static Collection<String> meshIds(Found found) {
        return found.installed().stream().map(InstalledIstio::meshId).toList();
    }

    private static Collection<String> revisions(Found found) {
        return found.installed().stream().map(InstalledIstio::revision).toList();
    }

    private static List<Finding> single(Found found, AcceptedReleases releases) {
        if (found.installed().isEmpty()) {
            return List.of(blocking(found, "Istio", "the ConfigMap values in istio-system", "none"));
        }
        List<Finding> findings = new ArrayList<>();
        found.installed().forEach(istio -> {
            if (!MeshId.matches(istio.meshId())) {
                findings.add(blocking(found, "mesh ID of " + istio.where(), MeshId.IN_WORDS, orNone(istio.meshId())));
            }
            if (!istio.clusterName().equals(found.istioName().value())) {
                findings.add(named(
                        found,
                        "cluster name of " + istio.where(),
                        found.istioName().value(),
                        istio.clusterName(),
                        "cluster-name"));
            }
            if (!istio.network().equals(found.network().value())) {
                findings.add(named(
                        found, "network of " + istio.where(), found.network().value(), istio.network(), "network"));
            }
        });
        found.versions().forEach((name, version) -> {
            if (!releases.accept(version)) {
                findings.add(Finding.blocking(
                        found.cluster().value(),
                        "Deployment istio-system/" + name,
                        releases.inWords() + ", in its image's tag or its labels",
                        version.isEmpty() ? "none" : version,
                        AcceptedReleases.AND_NEWER.accept(version) ? releases.advice(version) : ADVICE));
            }
        });
        if (!found.ours()) {
            findings.add(
                    Finding.note(
                            found.cluster().value(),
                            "objects of the mesh",
                            "Meshspan's mark on them",
                            "none",
                            "Others made this mesh: remove-mesh can remove it only after adopt-mesh or an installation has taken it over."));
        }
        return findings;
    }

    /** All of them must have the same value. */
    private static Optional<Finding> one(List<Found> found, String what, Function<Found, Collection<String>> values) {
        Map<String, List<String>> clusters = found.stream()
                .flatMap(each -> values.apply(each).stream()
                        .distinct()
                        .filter(value -> !value.isEmpty())
                        .map(value -> Map.entry(value, each.cluster().value())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return clusters.size() < 2
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        "clusters",
                        what,
                        "one for the whole mesh",
                        clusters.entrySet().stream()
                                .map(each -> "%s in %s".formatted(each.getKey(), String.join(", ", each.getValue())))
                                .collect(Collectors.joining("; ")),
                        ADVICE));
    }

    private static List<Finding> together(Found found, Set<String> names, List<String> primaries) {
        return isPrimary(found) ? access(found, names) : plane(found, primaries);
    }

    private static List<Finding> access(Found found, Set<String> names) {
        Set<String> missing = new TreeSet<>(names);
        missing.remove(found.istioName().value());
        missing.removeAll(found.reads());
        Set<String> beyond = new TreeSet<>(found.reads());
        beyond.removeAll(names);
        List<Finding> findings = new ArrayList<>();
        if (!missing.isEmpty()) {
            findings.add(warning(found, "a remote secret for every other cluster", "none for " + missing));
        }
        if (!beyond.isEmpty()) {
            findings.add(warning(found, "remote secrets for " + names, "some for " + beyond + ", too"));
        }
        return findings;
    }

    private static Finding warning(Found found, String expected, String what) {
        return Finding.warning(
                found.cluster().value(),
                "remote secrets in istio-system",
                expected,
                what,
                "Name every cluster of the mesh; then verify it.");
    }

    private static List<Finding> plane(Found found, List<String> primaries) {
        boolean named = found.servedBy().size() == 1 && primaries.containsAll(found.servedBy());
        boolean only = (found.servedBy().isEmpty() || found.servedBy().equals(ANY)) && primaries.size() == 1;
        return named || only
                ? List.of()
                : List.of(blocking(
                        found,
                        "control plane",
                        primaries.isEmpty() ? "istiod in the cluster" : "istiod in the cluster, or one of " + primaries,
                        found.servedBy().isEmpty() ? "none" : found.servedBy().toString()));
    }

    private static Mesh mesh(List<Found> found, List<String> primaries) {
        InstalledIstio istio = found.get(0).installed().get(0);
        String version = found.stream()
                .flatMap(each -> each.versions().values().stream())
                .findFirst()
                .orElseThrow();
        return new Mesh(
                new MeshId(istio.meshId()),
                Topology.MIXED,
                IstioVersion.parse(version),
                ImageSource.CONFIGURED,
                istio.revision().equals("default") ? Revision.NONE : new Revision(istio.revision()),
                new ProfileExtras(
                        found.stream().anyMatch(Found::ingressGateway),
                        found.stream().anyMatch(Found::defaultTag)),
                found.stream().map(each -> member(each, found, primaries)).toList());
    }

    private static Member member(Found found, List<Found> all, List<String> primaries) {
        if (isPrimary(found)) {
            return Member.primary(found.cluster(), found.network()).called(found.istioName());
        }
        String plane = found.servedBy().stream()
                .filter(primaries::contains)
                .findFirst()
                .orElseGet(() -> primaries.get(0));
        ClusterName primary = all.stream()
                .filter(each -> each.istioName().value().equals(plane))
                .map(Found::cluster)
                .findFirst()
                .orElseThrow();
        return Member.remote(found.cluster(), found.network(), primary).called(found.istioName());
    }

    /** A name that the inventory can say otherwise. */
    private static Finding named(Found found, String what, String inventory, String there, String setting) {
        return Finding.blocking(
                found.cluster().value(),
                what,
                inventory + ", as in the inventory",
                orNone(there),
                "Set meshspan.inventory.clusters.%s.%s to what Istio has.".formatted(found.cluster(), setting));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private static Finding blocking(Found found, String what, String expected, String there) {
        return Finding.blocking(found.cluster().value(), what, expected, there, ADVICE);
    }
}
