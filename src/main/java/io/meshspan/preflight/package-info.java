/** Read only: can every cluster take part? */
@org.jspecify.annotations.NullMarked
package io.meshspan.preflight;
