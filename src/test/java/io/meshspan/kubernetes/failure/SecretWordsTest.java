package io.meshspan.kubernetes.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretWordsTest {

    private static final String KEY =
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----";
    private static final Secret SECRET = new SecretBuilder()
            .withNewMetadata()
            .withNamespace("istio-system")
            .withName("istio-remote-secret-cluster1")
            .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{\"password\":\"hunter2\"}")
            .endMetadata()
            .addToData("ca-key.pem", base64(KEY))
            .addToData("pin", base64("4711"))
            .addToStringData("token", "eyJhbGciOiJSUzI1NiJ9.abc")
            .build();

    private final SecretWords words = SecretWords.of(SECRET);

    @Test
    void shouldLeaveAPolicysWordsAsTheyAre() {
        String said = "admission webhook \"validate.kyverno.svc\" denied the request: Secret"
                + " istio-system/istio-remote-secret-cluster1 needs label team; ca-key.pem must not be kept in clusters";

        assertThat(words.without(said)).isEqualTo(said);
    }

    @Test
    void shouldTakeOutAValueHoweverItIsQuoted() {
        assertThat(words.without("denied: " + base64(KEY))).isEqualTo("denied: (value taken out)");
        assertThat(words.without("denied: ca-key.pem is \"" + KEY.replace("\n", "\\n") + "\""))
                .contains("denied: ca-key.pem is \"")
                .doesNotContain("MIIEvQ", "BAQ");
        assertThat(words.without("bad token eyJhbGciOiJSUz... in token")).doesNotContain("eyJhbGciOiJSUz");
        assertThat(words.without("denied: " + base64("eyJhbGciOiJSUzI1NiJ9.abc")))
                .isEqualTo("denied: (value taken out)");
        assertThat(words.without("pin=4711 is short")).isEqualTo("pin=(value taken out) is short");
        assertThat(words.without("annotation holds hunter2")).doesNotContain("hunter2");
    }

    /** The words of a policy are those of a kubeconfig and of PEM as well. */
    @Test
    void shouldKnowWhatIsSecretInAKubeconfigAndInPem() {
        String kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters:
                - cluster:
                    certificate-authority-data: LS0tLS1CRUdJTiBDRVJU
                    server: https://192.0.2.1:6443
                  name: cluster1
                contexts:
                - context:
                    cluster: cluster1
                    user: cluster1
                  name: cluster1
                current-context: cluster1
                users:
                - name: cluster1
                  user:
                    token: eyJhbGciOiJSUzI1NiJ9.def
                """;
        SecretWords remote = SecretWords.of(new SecretBuilder(SECRET)
                .addToData("cluster1", base64(kubeconfig))
                .build());
        String said =
                "denied: label cluster-owner is missing; a Configuration for clusters of users must hold no PRIVATE KEY and"
                        + " no certificate-authority-data";

        assertThat(remote.without(said)).isEqualTo(said);
        assertThat(remote.without("denied: " + kubeconfig.replace("\n", "\\n")))
                .contains("current-context: cluster1", "token: (value taken out)")
                .doesNotContain("eyJhbG", "iJ9.def", "LS0tLS1C", "192.0.2");
        assertThat(remote.without("denied: " + base64(kubeconfig))).isEqualTo("denied: (value taken out)");
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
