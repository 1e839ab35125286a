/** What goes wrong between Meshspan and an API server: a proxy that answers in its stead, is late, silent, or cuts. */
@org.jspecify.annotations.NullMarked
package io.meshspan.faults;
