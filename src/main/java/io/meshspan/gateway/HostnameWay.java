package io.meshspan.gateway;

/**
 * What to do if the gateway of a primary has a hostname instead of an IP. A remote then has a Service of type ExternalName
 * for its istiod. Such a Service maps no port, so the API server calls the injection webhook at 443, where a gateway does
 * not listen by default (samples/multicluster/gen-eastwest-gateway.sh).
 */
public enum HostnameWay {

    /** Remotes get the current IPs of the hostname; the IPs must not change. */
    RESOLVE,

    /** The gateway offers istiod's webhook at 443, so that the call succeeds. */
    WEBHOOK_PORT_443,

    /** The webhook is called at {@code https://HOSTNAME:15017}; the certificate there must contain the host. */
    INJECTION_URL
}
