package io.meshspan.kubernetes;

import java.time.Instant;
import java.util.Optional;

/**
 * How an API server answers the first question.
 *
 * @param version of Kubernetes, as it writes it: {@code v1.35.4}
 * @param date its clock, to the second; empty where a proxy left the header out
 * @param asked this service's clock when it asked
 * @param answered this service's clock when the answer came
 */
public record ServerVersion(String version, Optional<Instant> date, Instant asked, Instant answered) {}
