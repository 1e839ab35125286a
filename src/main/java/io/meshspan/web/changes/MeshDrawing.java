package io.meshspan.web.changes;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A mesh as it will be, in SVG: a column for each network with its clusters, control planes and gateways, and an arrow from
 * each control plane to the API servers that it watches. Large meshes get the sentence in place of the arrows.
 */
final class MeshDrawing {

    private static final int WIDTH = 230;
    private static final int GAP = 130;
    private static final int HEIGHT = 92;
    private static final int STEP = 120;
    private static final int TOP = 60;
    private static final int LEFT = 20;
    /** More arrows than these are a grey area. */
    private static final int MOST_ARROWS = 30;

    private record Place(int x, int y) {}

    private final Mesh mesh;
    private final Map<NetworkName, List<Member>> networks;
    private final Map<ClusterName, Place> places = new LinkedHashMap<>();

    private MeshDrawing(Mesh mesh) {
        this.mesh = mesh;
        this.networks = mesh.members().stream()
                .collect(Collectors.groupingBy(Member::network, LinkedHashMap::new, Collectors.toList()));
        int column = 0;
        for (List<Member> members : networks.values()) {
            for (int row = 0; row < members.size(); row++) {
                places.put(
                        members.get(row).cluster(),
                        new Place(LEFT + 15 + column * (WIDTH + GAP), TOP + 15 + row * STEP));
            }
            column++;
        }
    }

    static String of(Mesh mesh) {
        return new MeshDrawing(mesh).svg();
    }

    private String svg() {
        int width = LEFT * 2 + networks.size() * (WIDTH + GAP) - GAP + 30;
        int rows = networks.values().stream().mapToInt(List::size).max().orElse(1);
        int height = TOP + rows * STEP + 50;
        return Stream.of(
                        Stream.of(Svg.head(width, height, "Mesh %s: %s".formatted(mesh.id(), sentence()))),
                        columns(rows),
                        clusters(),
                        arrows(),
                        Stream.of(Svg.text(LEFT, height - 14, "note", sentence()), "</svg>"))
                .flatMap(part -> part)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Stream<String> columns(int rows) {
        List<String> parts = new ArrayList<>();
        int column = 0;
        for (NetworkName network : networks.keySet()) {
            int x = LEFT + column++ * (WIDTH + GAP);
            parts.add(Svg.box("network", x, TOP - 30, WIDTH + 30, rows * STEP + 35));
            parts.add(Svg.text(x + 12, TOP - 10, "name", network.value()));
        }
        return parts.stream();
    }

    private Stream<String> clusters() {
        return mesh.members().stream().flatMap(this::cluster);
    }

    private Stream<String> cluster(Member member) {
        Place at = place(member.cluster());
        boolean primary = member.role() == Role.PRIMARY;
        String plane = primary ? "control plane (istiod)" : "uses the control plane of " + member.controlPlane();
        String gateway = mesh.gateways().contains(member) ? "east-west gateway" : "no gateway needed";
        return Stream.of(
                Svg.box("cluster", at.x(), at.y(), WIDTH, HEIGHT),
                Svg.text(at.x() + 12, at.y() + 24, "name", member.cluster().value()),
                Svg.text(at.x() + 12, at.y() + 48, "small", plane),
                Svg.text(at.x() + 12, at.y() + 70, "small", gateway));
    }

    private Stream<String> arrows() {
        long watching = mesh.clusters().stream()
                .mapToLong(target -> mesh.readersOf(target).size())
                .sum();
        return watching > MOST_ARROWS
                ? Stream.empty()
                : mesh.clusters().stream()
                        .flatMap(target -> mesh.readersOf(target).stream().map(reader -> arrow(reader, target)));
    }

    private String arrow(ClusterName reader, ClusterName target) {
        Place from = place(reader);
        Place to = place(target);
        boolean right = from.x() < to.x();
        if (from.x() == to.x()) {
            boolean down = from.y() < to.y();
            int x = from.x() + (down ? WIDTH - 40 : WIDTH - 80);
            return Svg.arrow(x, from.y() + (down ? HEIGHT : 0), x, to.y() + (down ? 0 : HEIGHT));
        }
        int shift = right ? 30 : 60;
        return Svg.arrow(
                from.x() + (right ? WIDTH : 0), from.y() + shift, to.x() + (right ? 0 : WIDTH), to.y() + shift);
    }

    private Place place(ClusterName cluster) {
        return java.util.Objects.requireNonNull(places.get(cluster));
    }

    /** What the arrows mean, and how many there are. */
    private String sentence() {
        long watching = mesh.clusters().stream()
                .mapToLong(target -> mesh.readersOf(target).size())
                .sum();
        return "%d clusters on %d networks; an arrow leads from a control plane to an API server that it watches (%d)"
                .formatted(mesh.clusters().size(), networks.size(), watching);
    }
}
