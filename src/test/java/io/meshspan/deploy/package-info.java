/** What {@code deploy/} hands to a team. */
@org.jspecify.annotations.NullMarked
package io.meshspan.deploy;
