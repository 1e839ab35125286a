package io.meshspan.upgrade;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.DnsLabel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What moves in a wave: a namespace of a cluster, or all of its namespaces with a tag.
 *
 * @param name of the namespace or the tag
 */
record WaveTarget(ClusterName cluster, boolean tag, String name) {

    private static final String BETWEEN = ", ";
    private static final String TAG = "tag ";

    /** Empty if the text names none. */
    private static Optional<WaveTarget> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || !DnsLabel.matches(text.substring(0, slash))) {
            return Optional.empty();
        }
        String what = text.substring(slash + 1);
        boolean tag = what.startsWith(TAG);
        String name = tag ? what.substring(TAG.length()) : what;
        return name.isBlank()
                ? Optional.empty()
                : Optional.of(new WaveTarget(new ClusterName(text.substring(0, slash)), tag, name));
    }

    static List<WaveTarget> all(String text) {
        return Arrays.stream(text.split(BETWEEN, -1))
                .flatMap(item -> parse(item.strip()).stream())
                .toList();
    }

    static String text(List<WaveTarget> items) {
        return String.join(BETWEEN, items.stream().map(WaveTarget::toString).toList());
    }

    @Override
    public String toString() {
        return cluster + "/" + (tag ? TAG : "") + name;
    }
}
