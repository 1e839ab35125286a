package io.meshspan.crash;

import io.meshspan.service.Carried;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is done to clusters while the service is killed: an installation, or a later change of a mesh of that topology.
 *
 * @param process that of the topology for an installation
 */
record CrashScenario(String process, String topology) {

    private static final Set<String> TOPOLOGIES =
            Set.of("multi-primary-multi-network", "multi-primary", "primary-remote-multi-network", "primary-remote");
    private static final String JOIN = "add-cluster";
    private static final Set<String> OF_MEMBERS = Set.of(JOIN, "take-out-cluster");
    private static final Set<String> UPGRADES = Set.of("upgrade-mesh", "upgrade-in-place");
    private static final String OF_ROOT = "rotate-root";
    private static final String ADOPTION = "adopt-mesh";
    private static final String RENEWAL = "renew-remote-tokens";

    /** @param text a topology, a later process, or {@code process@topology} */
    static CrashScenario parse(String text) {
        int at = text.indexOf('@');
        if (at >= 0) {
            return new CrashScenario(text.substring(0, at), text.substring(at + 1));
        }
        return new CrashScenario(text, TOPOLOGIES.contains(text) ? text : "multi-primary-multi-network");
    }

    int clusters() {
        return OF_MEMBERS.contains(process) ? 3 : 2;
    }

    boolean oneNetwork() {
        return !topology.endsWith("multi-network");
    }

    boolean inUse() {
        return UPGRADES.contains(process) || process.equals(OF_ROOT);
    }

    /** The mesh that the change finds. */
    Optional<Map<String, Object>> before(List<String> clusters) {
        return process.equals(topology) ? Optional.empty() : Optional.of(installed(clusters));
    }

    private Map<String, Object> installed(List<String> clusters) {
        Map<String, Object> request = new HashMap<>(Carried.installation(
                topology,
                UPGRADES.contains(process) ? CrashGround.OLDER_VERSION : CrashGround.VERSION,
                process.equals(JOIN) ? clusters.subList(0, clusters.size() - 1) : clusters));
        if (isBegunByTheService()) {
            request.put("tokenExpiration", "12h");
        }
        return request;
    }

    /** Whether nobody asks for the change: its schedule begins it. */
    boolean isBegunByTheService() {
        return process.equals(RENEWAL);
    }

    /** Whether the change finds a mesh that another tool installed. */
    boolean isMadeByOthers() {
        return process.equals(ADOPTION);
    }

    /** Whether what a run before declared stands against the next run: the mesh itself, or the member that joins. */
    boolean findsNoDeclaration() {
        return isMadeByOthers() || process.equals(JOIN);
    }

    /** Of what a run before left. */
    Map<String, Object> removal() {
        return Map.of("process", "remove-mesh", "mesh", Carried.MESH, "confirmMeshId", Carried.MESH);
    }

    Map<String, Object> request(List<String> clusters) {
        List<String> last = clusters.subList(clusters.size() - 1, clusters.size());
        return switch (process) {
            case JOIN ->
                Map.of(
                        "process",
                        process,
                        "mesh",
                        Carried.MESH,
                        "join",
                        last,
                        "role",
                        topology.startsWith("primary-remote") ? "remote" : "primary");
            case "take-out-cluster" -> Map.of("process", process, "mesh", Carried.MESH, "takeOut", last);
            case "remove-mesh" -> removal();
            case ADOPTION -> Map.of("process", process, "clusters", clusters);
            case "upgrade-mesh", "upgrade-in-place" ->
                Map.of("process", process, "mesh", Carried.MESH, "istioVersion", CrashGround.VERSION);
            case "verify-mesh", "rotate-remote-tokens", "rotate-intermediates", OF_ROOT ->
                Map.of("process", process, "mesh", Carried.MESH);
            default -> Carried.installation(process, CrashGround.VERSION, clusters);
        };
    }
}
