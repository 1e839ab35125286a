/** Every change as people and pipelines see it: what was recorded, and what goes on now. */
@org.jspecify.annotations.NullMarked
package io.meshspan.web.changes;
