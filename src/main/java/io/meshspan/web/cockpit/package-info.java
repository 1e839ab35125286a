/** What Meshspan adds to Camunda's Cockpit. */
@org.jspecify.annotations.NullMarked
package io.meshspan.web.cockpit;
