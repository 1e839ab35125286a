package io.meshspan.plan;

/**
 * A plan as a person is shown it.
 *
 * @param change the id of the topmost process instance
 * @param instance the id of the process instance that presents it
 * @param text in Markdown
 * @param asked the request as shown with the plan; empty in plans of an earlier release
 */
public record PresentedPlan(String change, String instance, String digest, String summary, String text, String asked) {}
