/** What the delegates share: preparing a change, its record, its gates, and going on without a cluster. */
@NullMarked
package io.meshspan.process.change;

import org.jspecify.annotations.NullMarked;
