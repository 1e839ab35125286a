package io.meshspan.kubernetes.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientRetryTest {

    private int calls;

    @Test
    void shouldGiveTheAnswerThatCameInTheEnd() {
        assertThat(TransientRetry.ifLost(() -> answerAfter(3, lost(new IOException("cut")))))
                .isEqualTo("answer");
    }

    @Test
    void shouldGiveUpAfterFourAnswersThatWereCut() {
        shouldGiveUpAfter(4, lost(new IOException("cut")));
    }

    @Test
    void shouldGiveUpSoonerWhereNothingComesAtAll() {
        shouldGiveUpAfter(3, lost(new IOException(new TimeoutException())));
    }

    @Test
    void shouldNotRepeatWhatTheClientRepeatedAlready() {
        shouldGiveUpAfter(1, lost(new ConnectException("refused")));
    }

    @Test
    void shouldNotRepeatACallToAServerThatIsNotTrusted() {
        shouldGiveUpAfter(1, lost(new CertificateException("another CA")));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 409, 429, 500})
    void shouldNotRepeatWhatWasAnswered(int code) {
        shouldGiveUpAfter(1, new KubernetesClientException("no", code, null));
    }

    private void shouldGiveUpAfter(int expected, KubernetesClientException problem) {
        assertThatThrownBy(() -> TransientRetry.ifLost(() -> answerAfter(Integer.MAX_VALUE, problem)))
                .isSameAs(problem);
        assertThat(calls).isEqualTo(expected);
    }

    private String answerAfter(int losses, KubernetesClientException problem) {
        if (calls++ < losses) {
            throw problem;
        }
        return "answer";
    }

    private static KubernetesClientException lost(Exception cause) {
        return new KubernetesClientException("no answer", cause);
    }
}
