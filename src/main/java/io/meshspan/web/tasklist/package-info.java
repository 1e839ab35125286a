/** What Meshspan adds to Camunda's Tasklist. */
@org.jspecify.annotations.NullMarked
package io.meshspan.web.tasklist;
