package io.meshspan.plan;

/**
 * A plan as it is put before a person.
 *
 * @param change the id of the topmost process instance
 * @param instance the id of the process instance that asks
 * @param text in Markdown
 * @param asked what was asked for, as it is shown beside the plan; empty in plans of an earlier release
 */
public record PresentedPlan(String change, String instance, String digest, String summary, String text, String asked) {}
