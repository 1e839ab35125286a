package io.meshspan.approval;

import io.meshspan.mesh.Characters;
import java.time.Instant;
import java.util.Optional;

/**
 * A valid decision, as it is recorded.
 *
 * @param comment may be empty if the change is approved
 * @param planDigest the digest of the plan that the decision is about, if any
 */
public record Approval(boolean approved, String by, Instant at, String comment, Optional<String> planDigest) {

    /** Maximum length of a comment, in characters; longer ones do not fit the engine's text column. */
    public static final int LONGEST_COMMENT = 2000;

    /** @throws InvalidDecision if a rejection gives no reason, or the comment is too long */
    public Approval {
        if (!approved && Characters.isInvisible(comment)) {
            throw new InvalidDecision("Say in the comment why you reject this change");
        }
        if (comment.length() > LONGEST_COMMENT) {
            throw new InvalidDecision(
                    "The comment has %d characters; at most %d are kept".formatted(comment.length(), LONGEST_COMMENT));
        }
    }
}
