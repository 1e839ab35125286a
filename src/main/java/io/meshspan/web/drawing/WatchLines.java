package io.meshspan.web.drawing;

import io.meshspan.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/**
 * Draws which control plane watches which API server. Each control plane watches the API server of every other cluster, so
 * one rail is enough for any number of clusters: a control plane joins it with a dot, and an arrow leads from it to each
 * watched API server.
 */
final class WatchLines {

    private static final int TRUNK = 18;
    private static final int ABOVE = 24;
    private static final int IN = 60;
    private static final int OUT = Layout.CLUSTER - 60;

    private final Mesh mesh;
    private final Layout layout;

    WatchLines(Mesh mesh, Layout layout) {
        this.mesh = mesh;
        this.layout = layout;
    }

    Stream<String> svg() {
        return Stream.of(trunk(), watching(), watched()).flatMap(part -> part);
    }

    /** One rail above each line of clusters, joined at the left. */
    private Stream<String> trunk() {
        List<Integer> heights = mesh.clusters().stream()
                .map(cluster -> height(layout.of(cluster)))
                .distinct()
                .sorted()
                .toList();
        int last = heights.get(heights.size() - 1);
        return Stream.concat(
                Stream.of(Svg.line(TRUNK, heights.get(0), TRUNK, last)).filter(line -> heights.size() > 1),
                heights.stream().map(y -> Svg.line(heights.size() > 1 ? TRUNK : begin(y), y, end(y), y)));
    }

    private int begin(int height) {
        return mesh.clusters().stream()
                .map(layout::of)
                .filter(box -> height(box) == height)
                .mapToInt(box -> box.x() + IN)
                .min()
                .orElse(TRUNK);
    }

    private int end(int height) {
        return mesh.clusters().stream()
                .map(layout::of)
                .filter(box -> height(box) == height)
                .mapToInt(box -> box.x() + OUT)
                .max()
                .orElse(TRUNK);
    }

    private Stream<String> watching() {
        return mesh.primaries().stream()
                .map(member -> layout.of(member.cluster()))
                .map(box -> Svg.tail(box.x() + OUT, box.y(), height(box)));
    }

    private Stream<String> watched() {
        return mesh.clusters().stream()
                .filter(cluster -> !mesh.readersOf(cluster).isEmpty())
                .map(layout::of)
                .map(box -> Svg.arrow(box.x() + IN, height(box), box.y()));
    }

    private static int height(Box cluster) {
        return cluster.y() - ABOVE;
    }
}
