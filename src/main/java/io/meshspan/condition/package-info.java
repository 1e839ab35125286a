/** What a change waits for in the clusters: conditions, their time limits, and how they are checked. */
@NullMarked
package io.meshspan.condition;

import org.jspecify.annotations.NullMarked;
