package io.meshspan.mesh;

import io.meshspan.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The keys of Istio's charts that the mesh determines. If somebody gives one, a finding says where to set it instead. */
final class OwnedValues {

    /** Charts also accept the values of istiod with this prefix. */
    private static final String LEGACY = "pilot";

    private static final String ANY = "*";
    private static final String INTERNAL = "It is Istio's own: give the keys below it without it.";
    private static final String REVISION = "Say it in the field revision.";
    private static final String ONE_NAMESPACE = "Control planes are in istio-system: leave it out.";
    private static final String REMOTE = "It follows from the roles of the clusters: leave it out.";
    private static final String LABEL = "Gateway resources find the gateway's pods by this label: leave it out.";
    private static final String KIND = "Meshspan waits for a Deployment, and removes one: leave it out.";
    private static final String TARGET_PORT =
            "At this port the gateway listens for the mesh: give the port alone, which is the Service's.";

    /** @param path a key, or the beginning of its path; {@code *} stands for any key */
    private record Owned(ValuesPart part, List<String> path, String advice) {

        boolean covers(List<String> key) {
            return key.size() >= path.size()
                    && IntStream.range(0, path.size())
                            .allMatch(
                                    i -> path.get(i).equals(ANY) || path.get(i).equals(key.get(i)));
        }
    }

    /** What a proxy says of itself; without them it takes what istiod's chart has. */
    private static final Map<String, String> IDENTITY = Map.of(
            "ISTIO_META_MESH_ID", "Say it in the field meshId.",
            "ISTIO_META_CLUSTER_ID", "It is the cluster's name in the inventory.",
            "ISTIO_META_NETWORK", "It is the cluster's network in the inventory.");

    private static final List<Owned> ALL = all();

    private OwnedValues() {}

    private static List<Owned> all() {
        List<Owned> all = new ArrayList<>();
        Stream.of(ValuesPart.values()).filter(ValuesPart::isChart).forEach(part -> {
            all.add(owned(part, INTERNAL, "_internal_defaults_do_not_set"));
            all.add(owned(part, INTERNAL, "defaults"));
            all.add(owned(part, ONE_NAMESPACE, "global", "istioNamespace"));
        });
        ValuesPart base = ValuesPart.BASE;
        all.add(owned(base, "It follows from the fields revision and defaultTag: leave it out.", "defaultRevision"));
        all.add(owned(base, REMOTE, "profile"));
        all.add(owned(base, REMOTE, "global", "profile"));
        all.add(owned(base, REMOTE, "global", "externalIstiod"));
        ValuesPart istiod = ValuesPart.ISTIOD;
        all.add(owned(istiod, REVISION, "revision"));
        all.add(owned(istiod, "Say it in the field defaultTag.", "revisionTags"));
        all.add(owned(istiod, REMOTE, "profile"));
        all.add(owned(istiod, REMOTE, "global", "profile"));
        all.add(owned(istiod, "Say it in the field meshId.", "global", "meshID"));
        all.add(owned(
                istiod,
                "It is the cluster's name in meshspan.inventory.clusters.",
                "global",
                "multiCluster",
                "clusterName"));
        all.add(owned(istiod, "It is meshspan.inventory.clusters.NAME.network.", "global", "network"));
        all.add(owned(istiod, REMOTE, "global", "externalIstiod"));
        all.add(owned(istiod, REMOTE, "global", "configCluster"));
        all.add(owned(
                istiod,
                "It is the address of the primary's gateway: say it in the primary's field gateway.address.",
                "global",
                "remotePilotAddress"));
        all.add(owned(istiod, REMOTE, "istiodRemote"));
        all.add(owned(istiod, "It is the cluster's name in the inventory.", "env", "CLUSTER_ID"));
        all.add(owned(istiod, REMOTE, "env", "EXTERNAL_ISTIOD"));
        all.add(owned(istiod, REVISION, "env", "REVISION"));
        all.add(owned(istiod, "Say it in the field meshId.", "meshConfig", "defaultConfig", "meshId"));
        all.add(owned(istiod, REMOTE, "meshConfig", "defaultConfig", "discoveryAddress"));
        IDENTITY.forEach((variable, advice) ->
                all.add(owned(istiod, advice, "meshConfig", "defaultConfig", "proxyMetadata", variable)));
        for (ValuesPart gateway : List.of(ValuesPart.EAST_WEST_GATEWAY, ValuesPart.INGRESS_GATEWAY)) {
            all.add(owned(gateway, "By this name the mesh finds its gateway: leave it out.", "name"));
            all.add(owned(gateway, REVISION, "revision"));
            all.add(owned(gateway, "It is meshspan.inventory.clusters.NAME.network.", "networkGateway"));
            all.add(owned(gateway, LABEL, "labels", "app"));
            all.add(owned(gateway, LABEL, "labels", "istio"));
            all.add(owned(gateway, "It is the cluster's network: leave it out.", "labels", Member.NETWORK_LABEL));
            all.add(owned(gateway, KIND, "kind"));
            IDENTITY.forEach((variable, advice) -> all.add(owned(gateway, advice, "env", variable)));
        }
        ValuesPart eastWest = ValuesPart.EAST_WEST_GATEWAY;
        all.add(owned(
                eastWest, "A network's gateway has the ports of networkGatewayPorts: give those.", "service", "ports"));
        all.add(owned(eastWest, TARGET_PORT, "networkGatewayPorts", ANY, "targetPort"));
        all.add(owned(eastWest, "It follows from networkGatewayPorts.tls.port.", "labels", Member.GATEWAY_PORT_LABEL));
        all.add(owned(
                eastWest, "It is the cluster's network: leave it out.", "env", "ISTIO_META_REQUESTED_NETWORK_VIEW"));
        return List.copyOf(all);
    }

    private static Owned owned(ValuesPart part, String advice, String... path) {
        return new Owned(part, List.of(path), advice);
    }

    /** Whether Meshspan sets this key, so that nobody may give a value for it. */
    static boolean is(ValuesPart part, List<String> key) {
        return advice(part, key).isPresent();
    }

    private static Optional<String> advice(ValuesPart part, List<String> key) {
        boolean legacy =
                part == ValuesPart.ISTIOD && key.size() > 1 && key.get(0).equals(LEGACY);
        List<String> plain = legacy ? key.subList(1, key.size()) : key;
        return ALL.stream()
                .filter(owned -> owned.part() == part && owned.covers(plain))
                .map(Owned::advice)
                .findFirst();
    }

    /** @param key the path, starting with the part */
    static Optional<Finding> finding(ValuesPart part, List<String> key, String where) {
        return advice(part, key)
                .map(advice -> Finding.blocking(
                        where,
                        ValuesRules.name(part, key),
                        "no value, since Meshspan sets this key",
                        "a value",
                        advice));
    }
}
