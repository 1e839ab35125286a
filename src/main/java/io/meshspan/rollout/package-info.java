/** Whether a Deployment runs as it was last asked to, and why it does not. */
@org.jspecify.annotations.NullMarked
package io.meshspan.rollout;
