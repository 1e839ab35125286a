/** The command line: what a pipeline or a person asks of a running service, by {@code /api/v1} and nothing else. */
@NullMarked
package io.meshspan.cli;

import org.jspecify.annotations.NullMarked;
