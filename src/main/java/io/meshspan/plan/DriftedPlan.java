package io.meshspan.plan;

/**
 * A plan that is no longer what was approved.
 *
 * @param now as it would be carried out now
 * @param difference to what was approved, as Markdown
 */
public record DriftedPlan(Plan now, String difference) {

    /** What has moved, and the plan as it is now, as Markdown. */
    public String text() {
        return "## What has moved since the approval\n\n" + difference + "\n\n## The plan as it is now\n\n"
                + PlanText.of(now);
    }
}
