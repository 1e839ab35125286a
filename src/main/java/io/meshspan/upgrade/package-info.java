/** An upgrade beside the older revision: which namespaces and workloads move, in which waves, and what goes at the end. */
@NullMarked
package io.meshspan.upgrade;

import org.jspecify.annotations.NullMarked;
