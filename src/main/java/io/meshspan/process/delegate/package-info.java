/** One delegate for each service task: reads variables, makes one call, writes variables. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.delegate;
