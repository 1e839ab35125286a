package io.meshspan.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlCredentialsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret@host/charts",
                "https://user:sec/ret@host/charts",
                "https://a,b:secret@host:8443",
                "oci://secret@host",
                "see https://host/charts and https://user:secret@host:8443/charts"
            })
    void shouldRemoveItWhereverItStands(String text) {
        assertThat(UrlCredentials.isIn(text)).isTrue();
        assertThat(UrlCredentials.removedFrom(text)).doesNotContain("secret").contains("://host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host:8443/charts",
                "oci://host/charts@sha256:0123",
                "cluster1=network1@https://127.0.1.1:6443,cluster2=network2@https://127.0.2.1:6443",
                "a=one@https://one.example.com,b=two@https://two.example.com:443/path"
            })
    void shouldLeaveOtherTextsAlone(String text) {
        assertThat(UrlCredentials.isIn(text)).isFalse();
        assertThat(UrlCredentials.removedFrom(text)).isEqualTo(text);
    }

    /** It took many seconds: each beginning of an address looked for an end in all of the rest. */
    @Test
    void shouldBeQuickWithALongText() {
        String text = "://a:".repeat(4_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(UrlCredentials.removedFrom(text)).isEqualTo(text));
    }
}
