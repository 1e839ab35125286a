package io.meshspan.approval;

/** A decision that is not accepted. The message tells the person what would be. */
public final class ApprovalRefused extends RuntimeException {

    public ApprovalRefused(String message) {
        super(message);
    }
}
