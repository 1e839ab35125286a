/**
 * Upgrades to a new revision next to the older one: which namespaces and workloads move, in which waves, and what is
 * removed at the end.
 */
@NullMarked
package io.meshspan.upgrade;

import org.jspecify.annotations.NullMarked;
