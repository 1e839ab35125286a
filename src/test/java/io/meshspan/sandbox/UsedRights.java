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

    /** An apply may create the object, for which an API server asks for that right too. */
    static void add(String group, Call call, String contentType) {
        if (contentType.startsWith("application/apply-patch+yaml")) {
            USED.putIfAbsent(new Access("create", group, call.resource(), call.namespace()), true);
        }
        USED.putIfAbsent(new Access(call.verb(), group, call.resource(), call.namespace()), true);
    }

    public static Set<Access> all() {
        return new HashSet<>(USED.keySet());
    }
}
