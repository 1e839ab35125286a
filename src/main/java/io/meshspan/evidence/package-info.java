/** The record of a change as one signed file, and the check of such a file without the service. */
@org.jspecify.annotations.NullMarked
package io.meshspan.evidence;
