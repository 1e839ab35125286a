package io.meshspan.plan;

/**
 * A plan that no longer matches the approved one.
 *
 * @param now the current plan
 * @param difference to the approved plan, as Markdown
 */
public record DriftedPlan(Plan now, String difference) {

    /** The differences and the current plan, as Markdown. */
    public String text() {
        return "## What has moved since the approval\n\n" + difference + "\n\n## The plan as it is now\n\n"
                + PlanText.of(now);
    }
}
