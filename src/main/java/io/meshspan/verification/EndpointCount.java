package io.meshspan.verification;

/**
 * What a control plane knows of the services of a cluster.
 *
 * @param services those with endpoints there
 */
public record EndpointCount(int services, int endpoints) {

    EndpointCount least(EndpointCount other) {
        return services <= other.services ? this : other;
    }

    @Override
    public String toString() {
        return "%d endpoints of %d services".formatted(endpoints, services);
    }
}
