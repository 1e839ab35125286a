/** What is looked at before anything else when the service starts, and how it says that it cannot. */
@org.jspecify.annotations.NullMarked
package io.meshspan.start;
