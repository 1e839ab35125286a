package io.meshspan.e2e;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** One thing that the suite is told from outside: a system property, or the environment variable of the same words. */
enum GivenObjects {
    /** Path of the kubeconfig. */
    KUBECONFIG("kubeconfig"),
    /** Path of the kubeconfig that the application gets, with the same contexts; that of the tests if absent. */
    APPLICATION_KUBECONFIG("application-kubeconfig"),
    /** Path of the API servers' audit logs, with {@code {cluster}} for the context. */
    AUDIT_LOGS("audit-logs"),
    /** The contexts, each with its network and, where others need another address, its API server's. */
    CLUSTERS("clusters"),
    /** What {@code meshspan.charts.source} is set to; the application's default if absent. */
    CHARTS("charts"),
    /** What {@code meshspan.charts.hub} is set to; the charts' own if absent. */
    HUB("hub"),
    /** Istio versions, separated by commas. */
    VERSIONS("versions"),
    /** URL; a POST to it silences the API server of the last cluster for about half a minute. */
    PAUSE_URL("pause-url"),
    /** {@code namespace/name} of a ConfigMap whose {@code addressKind} none, ip steers the last cluster's balancers. */
    ADDRESS_SWITCH("address-switch"),
    /** Duration (ISO 8601, or as 10s) after which a person is asked for want of an address. */
    ADDRESS_LIMIT("address-limit"),
    /** {@code true} where the suite may remove Istio's custom resource definitions too, with all that they define. */
    REMOVE_DEFINITIONS("remove-definitions"),
    /** The process that the benchmark runs; {@code multi-primary-multi-network} if absent. */
    TOPOLOGY("topology"),
    /** How many times the benchmark runs the whole change. */
    ROUNDS("rounds");

    private final String name;

    GivenObjects(String name) {
        this.name = "meshspan.e2e." + name;
    }

    String property() {
        return name;
    }

    Optional<String> text() {
        return Stream.of(System.getProperty(name), System.getenv(variable()))
                .flatMap(Stream::ofNullable)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    private String variable() {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
