package io.meshspan.web.changes;

import java.util.List;

/** No process of that key can be started. */
final class NoSuchProcess extends RuntimeException {

    NoSuchProcess(String key, List<String> all) {
        super("There is no process %s; expected one of %s".formatted(key, String.join(", ", all)));
    }
}
