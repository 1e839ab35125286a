package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays the cloud: an address for each Service of type LoadBalancer, after the cluster's delay. */
final class AddressController implements Controller {

    /** The ranges that RFC 5737 keeps for documentation. */
    private static final List<String> RANGES = List.of("203.0.113.", "198.51.100.", "192.0.2.");

    private static final int PER_RANGE = 254;
    private final AtomicInteger given = new AtomicInteger();

    @Override
    public void reconcile(RunningCluster cluster) {
        for (ObjectNode service : cluster.store().list("", "services", "")) {
            boolean waits = service.at("/spec/type").asText().equals("LoadBalancer")
                    && service.at("/status/loadBalancer/ingress").isEmpty();
            if (waits
                    && cluster.levers().addressKind() != AddressKind.NONE
                    && cluster.due(
                            "address " + Json.uid(service), cluster.levers().addressDelay())) {
                give(cluster, service);
            }
        }
    }

    private void give(RunningCluster cluster, ObjectNode service) {
        int number = given.getAndIncrement();
        Key key = new Key("", "services", Json.namespace(service), Json.name(service));
        cluster.store().edit(key, live -> {
            ObjectNode ingress =
                    live.withObject("/status/loadBalancer").putArray("ingress").addObject();
            if (cluster.levers().addressKind() == AddressKind.HOSTNAME) {
                ingress.put("hostname", "lb-" + number + "." + cluster.name() + ".sandbox.example");
            } else {
                String range = RANGES.get(number / PER_RANGE % RANGES.size());
                ingress.put("ip", range + (1 + number % PER_RANGE)).put("ipMode", "VIP");
            }
        });
    }
}
