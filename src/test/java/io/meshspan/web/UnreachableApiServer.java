package io.meshspan.web;

import io.meshspan.finding.TransientException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** A step whose cluster does not answer, or not soon, until somebody mends it. */
class UnreachableApiServer implements JavaDelegate {

    static final String WORDS = "cluster1: the API server does not answer";

    private volatile boolean mended;
    private volatile CountDownLatch answer = new CountDownLatch(0);

    @Override
    public void execute(DelegateExecution execution) {
        if (!answered()) {
            throw new TransientException("cluster1: it took too long");
        }
        if (!mended) {
            throw new TransientException(WORDS);
        }
    }

    void mend() {
        mended = true;
        answer.countDown();
    }

    /** It answers when it is mended. */
    void beSlow() {
        answer = new CountDownLatch(1);
    }

    private boolean answered() {
        try {
            return answer.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void breakAgain() {
        mended = false;
        answer.countDown();
    }
}
