package io.meshspan.web.drawing;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.NetworkName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Computes all positions. Networks run from left to right; a new line starts after four clusters side by side. The clusters
 * of a network are laid out the same way. So the picture grows downwards and is never wider than a page.
 */
final class Layout {

    static final int ACROSS = 4;
    static final int CLUSTER = 230;
    private static final int CLUSTER_HEIGHT = 92;
    private static final int GAP = 24;
    private static final int BORDER = 12;
    /** The space above the clusters of a line: for the network's name and the watch rail. */
    static final int ABOVE = 62;

    static final int LEFT = 44;
    private static final int TOP = 10;

    private final Map<NetworkName, Box> networks = new LinkedHashMap<>();
    private final Map<ClusterName, Box> clusters = new LinkedHashMap<>();
    private int x = LEFT;
    private int y = TOP;
    private int lines;

    private Layout() {}

    static Layout of(Mesh mesh) {
        Layout layout = new Layout();
        mesh.members().stream()
                .collect(Collectors.groupingBy(Member::network, LinkedHashMap::new, Collectors.toList()))
                .forEach(layout::place);
        return layout;
    }

    Map<NetworkName, Box> networks() {
        return networks;
    }

    Box of(ClusterName cluster) {
        return Objects.requireNonNull(clusters.get(cluster));
    }

    int width() {
        return networks.values().stream().mapToInt(Box::right).max().orElse(0) + BORDER;
    }

    int height() {
        return networks.values().stream().mapToInt(Box::bottom).max().orElse(0);
    }

    private void place(NetworkName network, List<Member> members) {
        int columns = Math.min(ACROSS, members.size());
        int rows = (members.size() + columns - 1) / columns;
        int width = columns * (CLUSTER + GAP) - GAP + 2 * BORDER;
        if (x > LEFT && x + width > LEFT + ACROSS * (CLUSTER + GAP + BORDER)) {
            x = LEFT;
            y += lines * (CLUSTER_HEIGHT + ABOVE) + GAP;
            lines = 0;
        }
        networks.put(network, new Box(x, y, width, rows * (CLUSTER_HEIGHT + ABOVE) + BORDER));
        for (int n = 0; n < members.size(); n++) {
            clusters.put(members.get(n).cluster(), cluster(n % columns, n / columns));
        }
        x += width + GAP / 2;
        lines = Math.max(lines, rows);
    }

    private Box cluster(int column, int row) {
        return new Box(
                x + BORDER + column * (CLUSTER + GAP),
                y + row * (CLUSTER_HEIGHT + ABOVE) + ABOVE,
                CLUSTER,
                CLUSTER_HEIGHT);
    }
}
