package io.meshspan.web.drawing;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mesh after the change, as SVG, never wider than a page. Clusters that leave it are marked. */
public final class MeshDrawing {

    private static final int FOOT = 54;

    private final Mesh mesh;
    private final Mesh staying;
    private final Set<ClusterName> leaving;
    private final Layout layout;

    private MeshDrawing(Mesh mesh, Set<ClusterName> leaving) {
        this.mesh = mesh;
        this.staying = mesh.without(leaving);
        this.leaving = leaving;
        this.layout = Layout.of(mesh);
    }

    /** @param leaving the clusters that leave the mesh; all of them if it is removed */
    public static String of(Mesh mesh, Set<ClusterName> leaving) {
        return new MeshDrawing(mesh, leaving).svg();
    }

    private String svg() {
        int height = layout.height() + FOOT;
        return Stream.of(
                        Stream.of(Svg.head(
                                layout.width(), height, "Mesh %s: %s. %s".formatted(mesh.id(), size(), watching()))),
                        networks(),
                        watched(),
                        mesh.members().stream().flatMap(this::cluster),
                        Stream.of(
                                Svg.text(Layout.LEFT, height - 30, "note", size()),
                                Svg.text(Layout.LEFT, height - 12, "note", watching()),
                                "</svg>"))
                .flatMap(part -> part)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Stream<String> watched() {
        return staying.clusters().size() < 2 ? Stream.of() : new WatchLines(staying, layout).svg();
    }

    private Stream<String> networks() {
        return layout.networks().entrySet().stream()
                .flatMap(network -> Stream.of(
                        Svg.box("network", network.getValue()),
                        Svg.text(
                                network.getValue().x() + 12,
                                network.getValue().y() + 20,
                                "name",
                                network.getKey().value())));
    }

    private Stream<String> cluster(Member member) {
        Box at = layout.of(member.cluster());
        boolean primary = member.role() == Role.PRIMARY;
        if (leaving.contains(member.cluster())) {
            return leaving(member, at);
        }
        String plane = primary ? "control plane (istiod)" : "uses the control plane of " + member.controlPlane();
        String gateway = mesh.gateways().contains(member) ? "east-west gateway" : "no gateway needed";
        return Stream.of(
                Svg.box(primary ? "cluster" : "cluster remote", at),
                Svg.text(at.x() + 12, at.y() + 26, "name", member.cluster().value()),
                Svg.text(at.x() + 12, at.y() + 50, "small", plane),
                Svg.text(at.x() + 12, at.y() + 72, "small", gateway));
    }

    private Stream<String> leaving(Member member, Box at) {
        String plane = member.role() == Role.PRIMARY ? "its control plane (istiod) goes" : "its injection webhook goes";
        String gateway = mesh.gateways().contains(member) ? "its east-west gateway goes" : "it has no gateway";
        return Stream.of(
                Svg.box("cluster leaving", at),
                Svg.text(at.x() + 12, at.y() + 26, "name gone", member.cluster() + " leaves"),
                Svg.text(at.x() + 12, at.y() + 50, "small gone", plane),
                Svg.text(at.x() + 12, at.y() + 72, "small gone", gateway));
    }

    private String size() {
        if (!leaving.isEmpty()) {
            int stay = staying.clusters().size();
            return stay == 0
                    ? "The whole mesh goes: %s".formatted(count(leaving.size(), "cluster"))
                    : "%s %s, %s %s"
                            .formatted(
                                    count(leaving.size(), "cluster"),
                                    leaving.size() == 1 ? "leaves" : "leave",
                                    count(stay, "cluster"),
                                    stay == 1 ? "stays" : "stay");
        }
        return "%s on %s"
                .formatted(
                        count(mesh.clusters().size(), "cluster"),
                        count(layout.networks().size(), "network"));
    }

    private String watching() {
        if (staying.clusters().size() < 2) {
            return leaving.isEmpty() ? "" : "No control plane watches another cluster any more";
        }
        return staying.primaries().size() == 1
                ? "The control plane of %s (dot) watches the API server of every other cluster (arrow)"
                        .formatted(staying.primaries().get(0).cluster())
                : "Each control plane (dot) watches the API server of every other cluster (arrow)";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
