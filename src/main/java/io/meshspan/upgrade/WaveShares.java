package io.meshspan.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Waves by percentage: how many namespaces have moved after the wave, of all that this upgrade moves. The wave takes the
 * first of those that are left, in their order, so that the operator can see which ones before choosing. A tag counts as one.
 */
public final class WaveShares {

    private static final List<Integer> OFFERED = List.of(10, 25, 50, 75, 100);
    private static final int ALL = 100;
    private static final String BETWEEN = "; ";

    private WaveShares() {}

    /**
     * A wave.
     *
     * @param percent of the namespaces that have moved after it
     * @param after the number of the items that have moved after it
     * @param of the number of all items
     * @param items of the wave, separated by commas
     */
    private record Share(int percent, int after, int of, String items) {

        /** As the form offers it, after its percentage and a blank. */
        String text() {
            return "%d %% (%d of %d): %s".formatted(percent, after, of, items);
        }
    }

    /**
     * The waves that move something, the smallest first, separated by semicolons: {@code 25 % (1 of 4): cluster1/shop}.
     *
     * @param progress what is left, and what this change has moved
     */
    public static String offered(UpgradeWaves.Progress progress) {
        return shares(progress.left(), progress.moved()).stream()
                .map(Share::text)
                .collect(Collectors.joining(BETWEEN));
    }

    /**
     * The items of a wave that was offered.
     *
     * @throws IllegalArgumentException if that was not offered
     */
    public static List<String> items(String left, String moved, String percent) {
        return shares(left, moved).stream()
                .filter(share -> String.valueOf(share.percent()).equals(percent))
                .findFirst()
                .map(share -> WaveTarget.all(share.items()).stream()
                        .map(WaveTarget::toString)
                        .toList())
                .orElseThrow(() -> new IllegalArgumentException("nobody offered a wave of %s %%".formatted(percent)));
    }

    private static List<Share> shares(String left, String moved) {
        List<WaveTarget> open = WaveTarget.all(left);
        int done = (int) WaveTarget.all(moved).stream()
                .filter(item -> !open.contains(item))
                .count();
        int all = done + open.size();
        List<Share> shares = new ArrayList<>();
        for (int percent : OFFERED) {
            int after = (all * percent + ALL - 1) / ALL;
            if (after > done) {
                shares.add(new Share(percent, after, all, WaveTarget.text(open.subList(0, after - done))));
            }
        }
        return shares;
    }
}
