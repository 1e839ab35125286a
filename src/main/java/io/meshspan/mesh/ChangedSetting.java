package io.meshspan.mesh;

import java.util.List;
import java.util.stream.Stream;

/**
 * Settings that a minor release of Istio removes, calls deprecated, or reads with another default. Sources: the release
 * notes in istio/istio at 1.31.0-rc.0 ({@code releasenotes/notes}, named with each), the compatibility profiles ({@code
 * manifests/helm-profiles/compatibility-version-*.yaml}), and {@code NOTES.txt} of the chart istiod, the same from 1.28.8 to
 * 1.31.0-rc.0. Between these versions no key went from the charts' {@code values.yaml} and no field from MeshConfig; of
 * istiod's variables ({@code env.Register} in {@code pilot}, {@code pkg}, {@code security}) one went.
 */
public enum ChangedSetting {
    /** 48051.yaml. */
    STATS_COMPRESSION(
            29,
            Change.REMOVED,
            Place.POD_ANNOTATION,
            "sidecar.istio.io/statsCompression",
            "statsCompression of the proxy's configuration",
            "Set meshConfig.defaultConfig.statsCompression for all, or statsCompression in the annotation proxy.istio.io/config."),
    /** global-downstream-max-connections.yaml. */
    DOWNSTREAM_CONNECTIONS(
            29,
            Change.DEPRECATED,
            Place.VALUE,
            "meshConfig.defaultConfig.runtimeValues.overload.global_downstream_max_connections",
            "ISTIO_META_GLOBAL_DOWNSTREAM_MAX_CONNECTIONS in meshConfig.defaultConfig.proxyMetadata",
            "Set the metadata instead: it wins where both are set."),
    /** disable-track-remaining-cb-metrics.yaml; compatibility-version-1.28.yaml. */
    TRACK_REMAINING(
            29,
            Change.DEFAULT,
            Place.ENVIRONMENT,
            "DISABLE_TRACK_REMAINING_CB_METRICS",
            "proxies no longer count what is left of circuit breakers",
            "Who watches these metrics sets it to false; Istio says that it goes in a later release."),
    /** debug-endpoint-authorization.yaml, statusgen-xds-auth.yaml. */
    DEBUG_ENDPOINTS(
            29,
            Change.DEFAULT,
            Place.ENVIRONMENT,
            "ENABLE_DEBUG_ENDPOINT_AUTH",
            "istiod answers debug requests of other namespaces only for their own proxies",
            "Tools such as Kiali in another namespace need DEBUG_ENDPOINT_AUTH_ALLOWED_NAMESPACES, or this set to false."),
    /** sidecar-pick-best-service-namespace.yaml; compatibility-version-1.29.yaml. */
    BEST_SERVICE_NAMESPACE(
            30,
            Change.DEFAULT,
            Place.ENVIRONMENT,
            "PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE",
            "a hostname in several namespaces leads to the Kubernetes Service, no longer to the first namespace by name",
            "See whether a ServiceEntry has the hostname of a Service; set it to false to keep the old choice."),
    /** helm-fix-untaint-controller.yaml. */
    NODE_UNTAINT(
            30,
            Change.DEPRECATED,
            Place.ENVIRONMENT,
            "PILOT_ENABLE_NODE_UNTAINT_CONTROLLERS",
            "taint.enabled, by which the chart sets it",
            "Take it out of env."),
    /** 60690.yaml; compatibility-version-1.30.yaml. */
    UNHEALTHY_ENDPOINTS(
            31,
            Change.DEFAULT,
            Place.ENVIRONMENT,
            "PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS",
            "proxies get unhealthy endpoints, too, unless outlierDetection.minHealthPercent is set",
            "Set it to false to keep them away."),
    /** compatibility-version-1.30.yaml; pilot/pkg/features. */
    STRICT_GATEWAY_MERGING(
            31,
            Change.DEFAULT,
            Place.ENVIRONMENT,
            "PILOT_ENABLE_STRICT_GATEWAY_MERGING",
            "Gateways of the Gateway API no longer merge with Istio's Gateways of other namespaces",
            "Who relies on that sets it to false."),
    /** remove-spawn-upstream-span-for-gateway.yaml. */
    SPAWN_UPSTREAM_SPAN(
            31,
            Change.REMOVED,
            Place.ENVIRONMENT,
            "PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY",
            "nothing: gateways always begin a span for each upstream request",
            "Take it out of env: there is no way to opt out any more."),
    OUTBOUND_POLICY("global.outboundTrafficPolicy", "meshConfig.outboundTrafficPolicy"),
    CERTIFICATES("global.certificates", "meshConfig.certificates"),
    LOCALITY("global.localityLbSetting", "meshConfig.localityLbSetting"),
    POLICY_CHECK("global.policyCheckFailOpen", "meshConfig.policyCheckFailOpen"),
    TRACING("global.enableTracing", "meshConfig.enableTracing"),
    LOG_FORMAT("global.proxy.accessLogFormat", "meshConfig.accessLogFormat"),
    LOG_FILE("global.proxy.accessLogFile", "meshConfig.accessLogFile"),
    CONCURRENCY("global.proxy.concurrency", "meshConfig.defaultConfig.concurrency"),
    LOG_SERVICE("global.proxy.envoyAccessLogService", "meshConfig.defaultConfig.envoyAccessLogService"),
    METRICS_SERVICE("global.proxy.envoyMetricsService", "meshConfig.defaultConfig.envoyMetricsService"),
    DETECTION("global.proxy.protocolDetectionTimeout", "meshConfig.protocolDetectionTimeout"),
    HOLD("global.proxy.holdApplicationUntilProxyStarts", "meshConfig.defaultConfig.holdApplicationUntilProxyStarts"),
    INGRESS("pilot.ingress", "meshConfig.ingressService, ingressControllerMode and ingressClass"),
    MTLS("global.mtls.enabled", "a PeerAuthentication"),
    AUTO_MTLS("global.mtls.auto", "meshConfig.enableAutoMtls"),
    ZIPKIN("global.tracer.zipkin.address", "meshConfig.defaultConfig.tracing.zipkin.address"),
    DATADOG("global.tracer.datadog.address", "meshConfig.defaultConfig.tracing.datadog.address"),
    MESH_EXPANSION("global.meshExpansion.enabled", "Gateways as in samples/multicluster"),
    COREDNS("istiocoredns.enabled", "ISTIO_META_DNS_CAPTURE in meshConfig.defaultConfig.proxyMetadata");

    /** What a release does with a setting. */
    public enum Change {
        REMOVED("removed", "It has no effect any more."),
        DEPRECATED("deprecated", "It still works."),

        /** Who does not set it gets another behaviour. */
        DEFAULT("changed in its default", "");

        private final String words;
        private final String effect;

        Change(String words, String effect) {
            this.words = words;
            this.effect = effect;
        }

        public String inWords() {
            return words;
        }

        public String effect() {
            return effect;
        }
    }

    /** Where a setting stands. */
    public enum Place {
        VALUE,
        ENVIRONMENT,
        POD_ANNOTATION
    }

    private final int since;
    private final Change change;
    private final Place place;
    private final String setting;
    private final String instead;
    private final String advice;

    ChangedSetting(int since, Change change, Place place, String setting, String instead, String advice) {
        this.since = since;
        this.change = change;
        this.place = place;
        this.setting = setting;
        this.instead = instead;
        this.advice = advice;
    }

    /** Deprecated in all releases that Meshspan knows ({@code NOTES.txt} of the chart istiod). */
    ChangedSetting(String setting, String instead) {
        this(
                IstioRelease.oldest().minor(),
                Change.DEPRECATED,
                Place.VALUE,
                setting,
                instead,
                "Set that instead; a later release may ignore this one.");
    }

    /** Whether the release of a version knows this change: it came with it, or before it. */
    public boolean isKnownTo(IstioVersion version) {
        return version.major() > 1 || version.minor() >= since;
    }

    /** The minor with which it came, in Istio's form. */
    public String since() {
        return "1." + since;
    }

    public Change change() {
        return change;
    }

    public Place place() {
        return place;
    }

    /** As people write it: a path of values, a variable of istiod, or an annotation. */
    public String setting() {
        return setting;
    }

    /** What replaces it; of a changed default, what is different. */
    public String instead() {
        return instead;
    }

    public String advice() {
        return advice;
    }

    /** The paths in the values of the chart istiod at which it may stand; none for an annotation. */
    public List<List<String>> paths() {
        return switch (place) {
            case VALUE -> List.of(path());
            case ENVIRONMENT -> List.of(List.of("env", setting), List.of("pilot", "env", setting));
            case POD_ANNOTATION -> List.of();
        };
    }

    /** The runtime flag has a dot in its name. */
    private List<String> path() {
        String flag = "overload.";
        int at = setting.indexOf(flag);
        return at < 0
                ? List.of(setting.split("\\.", -1))
                : Stream.concat(
                                Stream.of(setting.substring(0, at - 1).split("\\.", -1)),
                                Stream.of(setting.substring(at)))
                        .toList();
    }
}
