/** One append-only record for each change made and each decision taken. */
@org.jspecify.annotations.NullMarked
package io.meshspan.audit;
