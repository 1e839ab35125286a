package io.meshspan.process;

/** Whether certificates are signed in the clusters, as a test says. */
public final class StubCertificateRequests {

    private boolean signedInClusters;

    void reset(boolean inClusters) {
        signedInClusters = inClusters;
    }

    public boolean needed() {
        return signedInClusters;
    }
}
