/** What a change waits for in the clusters: conditions, their limits, and how they are looked for. */
@NullMarked
package io.meshspan.condition;

import org.jspecify.annotations.NullMarked;
