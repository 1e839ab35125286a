/** Shared by the delegates: preparing a change, its record, its gates, and excluding a cluster. */
@NullMarked
package io.meshspan.process.change;

import org.jspecify.annotations.NullMarked;
