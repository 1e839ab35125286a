/** Who may approve a change: anybody entitled, except the person who asked for it. */
@org.jspecify.annotations.NullMarked
package io.meshspan.approval;
