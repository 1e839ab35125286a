package io.meshspan.gateway;

import io.fabric8.kubernetes.api.model.Node;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gateway address that another cluster uses: IPv4 if there is one, because every cluster has IPv4 unless its nodes show
 * otherwise; then IPv6; then a hostname.
 *
 * @param why the reason, for people; empty if there was only one address
 */
record AddressChoice(String address, String why) {

    enum Family {
        IPV4("IPv4"),
        IPV6("IPv6"),
        NAME("a name");

        private final String words;

        Family(String words) {
            this.words = words;
        }

        static Family of(String address) {
            if (!IpAddress.is(address)) {
                return NAME;
            }
            return IpAddress.isV6(address) ? IPV6 : IPV4;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Empty if there is no address.
     *
     * @param other the IP families of the other cluster's pods; empty if unknown
     * @param takesV6 whether Istio's charts accept an IPv6 address there
     */
    static Optional<AddressChoice> of(List<String> all, Set<Family> other, boolean takesV6) {
        List<Family> order = other.contains(Family.IPV6) && !other.contains(Family.IPV4) && takesV6
                ? List.of(Family.IPV6, Family.NAME, Family.IPV4)
                : List.of(Family.IPV4, takesV6 ? Family.IPV6 : Family.NAME, takesV6 ? Family.NAME : Family.IPV6);
        return order.stream()
                .flatMap(family -> all.stream().filter(address -> Family.of(address) == family))
                .findFirst()
                .map(chosen -> new AddressChoice(chosen, all.size() < 2 ? "" : why(chosen, all, other)));
    }

    private static String why(String chosen, List<String> all, Set<Family> other) {
        return "%s of %s: %s%s"
                .formatted(
                        chosen,
                        String.join(", ", all),
                        Family.of(chosen),
                        other.isEmpty()
                                ? ""
                                : ", where pods have "
                                        + other.stream()
                                                .map(Family::toString)
                                                .sorted()
                                                .collect(Collectors.joining(" and ")));
    }

    /** The IP families of a cluster's pods, from its nodes; empty if they do not say, or may not be read. */
    static Set<Family> families(Cluster cluster) {
        try {
            return cluster.list(Node.class, null, Map.of()).stream()
                    .filter(node -> node.getSpec() != null)
                    .flatMap(node -> node.getSpec().getPodCIDRs().isEmpty()
                            ? Stream.ofNullable(node.getSpec().getPodCIDR())
                            : node.getSpec().getPodCIDRs().stream())
                    .map(range -> range.contains(":") ? Family.IPV6 : Family.IPV4)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Family.class)));
        } catch (StepFailed e) {
            if (e.code() != FailureCode.DENIED) {
                throw e;
            }
            return Set.of();
        }
    }
}
