package io.meshspan.approval;

/** A decision that is not accepted. The message says which decision would be. */
public final class ApprovalRefused extends RuntimeException {

    public ApprovalRefused(String message) {
        super(message);
    }
}
