package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One object before and after a write.
 *
 * @param before null if it was created
 * @param after null if it was deleted
 */
record ObjectChange(
        long version,
        Key key,
        @Nullable ObjectNode before,
        @Nullable ObjectNode after) {}
