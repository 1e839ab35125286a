package io.meshspan.verification;

/**
 * How many calls it takes to hear every version at least once, if each answers equally often: by the union bound the
 * chance that one of N stays silent over k calls is at most N(1 - 1/N)^k, which is at most e from k = N ln(N/e) on.
 */
final class CallsNeeded {

    private CallsNeeded() {}

    /** @param missChance the greatest acceptable chance of missing a version, between 0 and 1 */
    static int toHear(int versions, double missChance) {
        if (versions < 1 || !(missChance > 0 && missChance < 1)) {
            throw new IllegalArgumentException("%s versions with miss chance %s: give at least 1 and between 0 and 1"
                    .formatted(versions, missChance));
        }
        return (int) Math.ceil(versions * Math.log(versions / missChance));
    }
}
