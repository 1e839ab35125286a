/** This node among those that share the database: who it is, what it locks, which steps and Leases are under way. */
@NullMarked
package io.meshspan.node;

import org.jspecify.annotations.NullMarked;
