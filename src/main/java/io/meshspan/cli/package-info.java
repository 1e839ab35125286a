/** The command line for pipelines and people; it only uses {@code /api/v1} of a running service. */
@NullMarked
package io.meshspan.cli;

import org.jspecify.annotations.NullMarked;
