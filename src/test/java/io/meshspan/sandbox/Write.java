package io.meshspan.sandbox;

/**
 * One write that a client from outside got through, as the audit log of a real API server names it. A server-side apply
 * is a {@code patch}, also where it changed nothing; dry runs are not counted.
 *
 * @param namespace empty for cluster-scoped objects
 */
public record Write(String verb, String kind, String namespace, String name) {}
