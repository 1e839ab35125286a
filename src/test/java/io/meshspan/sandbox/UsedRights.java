package io.meshspan.sandbox;

import io.meshspan.kubernetes.Access;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Each right that Meshspan used in a sandbox cluster of this process, the answer apart. */
public final class UsedRights {

    private static final Map<Access, Boolean> USED = new ConcurrentHashMap<>();

    private UsedRights() {}

    static void add(String group, Call call) {
        USED.putIfAbsent(new Access(call.verb(), group, call.resource(), call.namespace()), true);
    }

    public static Set<Access> all() {
        return new HashSet<>(USED.keySet());
    }
}
