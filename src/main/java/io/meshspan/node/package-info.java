/** This node among those that share the database: its id, its locks, and the steps and Leases in use. */
@NullMarked
package io.meshspan.node;

import org.jspecify.annotations.NullMarked;
