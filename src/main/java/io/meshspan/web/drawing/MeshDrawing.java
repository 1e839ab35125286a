package io.meshspan.web.drawing;

import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.Role;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A mesh as it will be, in SVG; never wider than a page. */
public final class MeshDrawing {

    private static final int FOOT = 54;

    private final Mesh mesh;
    private final Layout layout;

    private MeshDrawing(Mesh mesh) {
        this.mesh = mesh;
        this.layout = Layout.of(mesh);
    }

    public static String of(Mesh mesh) {
        return new MeshDrawing(mesh).svg();
    }

    private String svg() {
        int height = layout.height() + FOOT;
        return Stream.of(
                        Stream.of(Svg.head(
                                layout.width(), height, "Mesh %s: %s. %s".formatted(mesh.id(), size(), watching()))),
                        networks(),
                        new Rails(mesh, layout).svg(),
                        mesh.members().stream().flatMap(this::cluster),
                        Stream.of(
                                Svg.text(Layout.LEFT, height - 30, "note", size()),
                                Svg.text(Layout.LEFT, height - 12, "note", watching()),
                                "</svg>"))
                .flatMap(part -> part)
                .collect(Collectors.joining("\n", "", "\n"));
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
        String plane = primary ? "control plane (istiod)" : "uses the control plane of " + member.controlPlane();
        String gateway = mesh.gateways().contains(member) ? "east-west gateway" : "no gateway needed";
        return Stream.of(
                Svg.box(primary ? "cluster" : "cluster remote", at),
                Svg.text(at.x() + 12, at.y() + 26, "name", member.cluster().value()),
                Svg.text(at.x() + 12, at.y() + 50, "small", plane),
                Svg.text(at.x() + 12, at.y() + 72, "small", gateway));
    }

    private String size() {
        return "%s on %s"
                .formatted(
                        count(mesh.clusters().size(), "cluster"),
                        count(layout.networks().size(), "network"));
    }

    private String watching() {
        return mesh.primaries().size() == 1
                ? "The control plane of %s (dot) watches the API server of every other cluster (arrow)"
                        .formatted(mesh.primaries().get(0).cluster())
                : "Each control plane (dot) watches the API server of every other cluster (arrow)";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
