/** Who may approve a change: everybody with the right, except its requester. */
@org.jspecify.annotations.NullMarked
package io.meshspan.approval;
