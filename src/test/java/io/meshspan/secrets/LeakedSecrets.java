package io.meshspan.secrets;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which secret was found where; never the secret. */
final class LeakedSecrets {

    private static final Set<String> ALL = ConcurrentHashMap.newKeySet();

    private LeakedSecrets() {}

    static void add(Set<String> secrets, String where) {
        secrets.forEach(secret -> ALL.add(secret + " stands in " + where));
    }

    static void notSearched(String where, Exception why) {
        ALL.add("%s was not searched: %s".formatted(where, why));
    }

    /** Those since this was last asked. */
    static List<String> take() {
        List<String> taken = ALL.stream().sorted().toList();
        taken.forEach(ALL::remove);
        return taken;
    }
}
