/** Changes as people and pipelines see them: their records and their current state. */
@org.jspecify.annotations.NullMarked
package io.meshspan.web.changes;
