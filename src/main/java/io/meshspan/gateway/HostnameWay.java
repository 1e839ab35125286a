package io.meshspan.gateway;

/**
 * What to do about a primary whose gateway has a hostname instead of an IP. A remote then knows its istiod as a Service of
 * type ExternalName, which maps no port: the API server calls the injection webhook at 443, where a gateway does not
 * listen by default (samples/multicluster/gen-eastwest-gateway.sh).
 */
public enum HostnameWay {

    /** Remotes are given the IPs that the hostname has now; they must not change. */
    RESOLVE,

    /** The gateway offers istiod's webhook at 443, so that the call arrives. */
    WEBHOOK_PORT_443,

    /** The webhook is called at {@code https://HOSTNAME:15017}; the certificate there must name the host. */
    INJECTION_URL
}
