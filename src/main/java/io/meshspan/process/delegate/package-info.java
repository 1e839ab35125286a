/** One delegate for each service task: it reads variables, makes one call and writes variables. */
@org.jspecify.annotations.NullMarked
package io.meshspan.process.delegate;
