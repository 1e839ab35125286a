package io.meshspan.preflight;

import io.fabric8.kubernetes.api.model.Node;
import io.meshspan.finding.Finding;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Do the pod addresses of clusters that share a network overlap? Then a call could reach the wrong pod, or none. */
@Component
final class PodNetworks implements CrossClusterCheck {

    @Override
    public String name() {
        return "Pod addresses";
    }

    @Override
    public void read(ClusterSnapshot cluster) {
        ranges(cluster);
    }

    @Override
    public List<Finding> compare(Mesh mesh, SortedMap<ClusterName, ClusterSnapshot> clusters) {
        Map<ClusterSnapshot, List<AddressRange>> ranges = new LinkedHashMap<>();
        clusters.values().forEach(cluster -> ranges.put(cluster, ranges(cluster)));
        List<ClusterSnapshot> all = List.copyOf(clusters.values());
        List<Finding> findings = new ArrayList<>();
        for (int one = 0; one < all.size(); one++) {
            for (ClusterSnapshot other : all.subList(one + 1, all.size())) {
                overlap(ranges, all.get(one), other).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static Optional<Finding> overlap(
            Map<ClusterSnapshot, List<AddressRange>> ranges, ClusterSnapshot one, ClusterSnapshot other) {
        if (!one.member().network().equals(other.member().network())) {
            return Optional.empty();
        }
        return ranges.getOrDefault(one, List.of()).stream()
                .flatMap(a -> ranges.getOrDefault(other, List.of()).stream()
                        .filter(a::overlaps)
                        .map(b -> a.equals(b) ? a + " in both" : a + " and " + b))
                .findFirst()
                .map(found -> finding(one, other, found));
    }

    /** Only the ranges that Kubernetes itself assigns. A network plugin may use other addresses. */
    private static List<AddressRange> ranges(ClusterSnapshot cluster) {
        return cluster.anywhere(Node.class).stream()
                .filter(node -> node.getSpec() != null)
                .flatMap(node -> node.getSpec().getPodCIDRs().isEmpty()
                        ? Stream.ofNullable(node.getSpec().getPodCIDR())
                        : node.getSpec().getPodCIDRs().stream())
                .flatMap(text -> AddressRange.parse(text).stream())
                .toList();
    }

    private static Finding finding(ClusterSnapshot one, ClusterSnapshot other, String found) {
        return Finding.warning(
                one.where() + ", " + other.where(),
                "pod addresses on network " + one.member().network(),
                "ranges of their own (spec.podCIDRs of the nodes)",
                found,
                "Put the clusters on different networks, unless their network plugin hands out other addresses.");
    }

    /**
     * A range of IP addresses, for example {@code 10.244.1.0/24}.
     *
     * @param bits 32 or 128
     */
    record AddressRange(String text, int bits, BigInteger first, BigInteger last) {

        private static final Pattern FORM =
                Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F.:]*)/(\\d{1,3})");

        /** @return empty if the text is not a range */
        static Optional<AddressRange> parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                return Optional.empty();
            }
            try {
                byte[] address = InetAddress.getByName(form.group(1)).getAddress(); // a literal: nothing is looked up
                int bits = address.length * Byte.SIZE;
                int free = bits - Integer.parseInt(form.group(2));
                if (free < 0) {
                    return Optional.empty();
                }
                BigInteger first = new BigInteger(1, address).shiftRight(free).shiftLeft(free);
                BigInteger size = BigInteger.ONE.shiftLeft(free);
                return Optional.of(
                        new AddressRange(text, bits, first, first.add(size).subtract(BigInteger.ONE)));
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        }

        boolean overlaps(AddressRange other) {
            return bits == other.bits && first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
