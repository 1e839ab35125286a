package io.meshspan.kubernetes.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.finding.TransientException;
import io.meshspan.login.ProxyRoute;
import io.meshspan.mesh.ClusterName;
import java.net.ConnectException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientExceptionTranslatorTest {

    private static final ClusterName CLUSTER = new ClusterName("cluster1");
    private static final String BODY = "bm90LXRvLWJlLXNob3du";

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 410, 429, 500, 502, 503, 504})
    void shouldLetTheEngineRepeatWhatMayPass(int code) {
        assertThat(sorted("Deployment istio-system/istiod", answer(code, "try later")))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("cluster1")
                .hasMessageContaining("Deployment istio-system/istiod")
                .hasMessageContaining("HTTP " + code)
                .hasMessageContaining("try later")
                .hasMessageEndingWith("then retry the step.");
    }

    @ParameterizedTest
    @CsvSource({"401,DENIED", "403,DENIED", "400,INVALID", "405,INVALID", "415,INVALID", "422,INVALID"})
    void shouldPutBeforeAPersonWhatDoesNotPass(int code, FailureCode expected) {
        assertThat(sorted("Deployment istio-system/istiod", answer(code, "no")))
                .isInstanceOfSatisfying(StepFailed.class, failure -> {
                    assertThat(failure.code()).isEqualTo(expected);
                    assertThat(failure.findings()).singleElement().satisfies(finding -> {
                        assertThat(finding.where()).isEqualTo("cluster1");
                        assertThat(finding.found()).isEqualTo("HTTP " + code + " no");
                    });
                });
    }

    /** The messages are those of a Kubernetes 1.35. */
    /** In the form of Kyverno, whose words a person reads in one line. */
    @Test
    void shouldTellAPolicysOwnWordsInOneLine() {
        assertThat(
                        sorted(
                                "Namespace istio-system",
                                answer(
                                        400,
                                        "admission webhook \"validate.kyverno.svc-fail\" denied the request: \n\nresource"
                                                + " Namespace//istio-system was blocked due to the following policies \n\n"
                                                + "require-labels:\n  check-owner: 'validation error: label owner is required.'\n")))
                .hasMessageContaining("following policies require-labels: check-owner: 'validation error: label owner")
                .hasMessageContaining("values.namespaces")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    403 | pods is forbidden: User "eve" cannot create resource "pods"                | permission          | Grant this right
                    403 | deployments.apps "d" is forbidden: exceeded quota: q, requested: 1         | ResourceQuota       | Raise this ResourceQuota
                    403 | unable to create new content in namespace x because it is being terminated | a namespace         | find out who
                    403 | pods "p" is forbidden: violates PodSecurity "restricted:latest"            | policies            | exception
                    403 | admission webhook "validate.kyverno.svc" denied the request: no            | policies            | exception
                    403 | pods "p" is forbidden: failed quota: q: must specify limits.cpu for: discovery   | ResourceQuota   | Raise this ResourceQuota
                    403 | pods "p" is forbidden: unable to validate against any security context constraint: [] | policies | exception
                    403 | pods "p" is forbidden: maximum memory usage per Container is 512Mi, but limit is 1Gi | policies  | exception
                    422 | pods "p" is forbidden: MutatingAdmissionPolicy 'x' with binding 'y' denied request | policies    | exception
                    422 | configmaps "b" is forbidden: ValidatingAdmissionPolicy 'no' denied request | policies            | exception
                    422 | Deployment.apps "d" is invalid: spec.selector: field is immutable          | API server accepts  | Compare chart
                    """)
    void shouldAdviseByWhatStandsBehindARefusal(int code, String message, String expected, String advice) {
        assertThat(sorted("Deployment istio-system/istiod", answer(code, message)))
                .isInstanceOfSatisfying(
                        StepFailed.class,
                        failure -> assertThat(failure.findings())
                                .singleElement()
                                .satisfies(finding -> {
                                    assertThat(finding.expected()).contains(expected);
                                    assertThat(finding.found()).isEqualTo("HTTP %d %s", code, message);
                                    assertThat(finding.advice()).contains(advice);
                                }));
    }

    /** Webhooks of companies answer with any status; kubectl shows the same words for each. */
    @ParameterizedTest
    @ValueSource(ints = {401, 404, 409, 410, 429, 500, 503})
    void shouldNotRepeatWhatAWebhookDenied(int code) {
        String words = "admission webhook \"owners.example.org\" denied the request: label owner is missing";

        assertThat(sorted("Namespace istio-system", answer(code, words)))
                .isInstanceOfSatisfying(StepFailed.class, failure -> {
                    assertThat(failure.code()).isEqualTo(FailureCode.INVALID);
                    assertThat(failure.findings()).singleElement().satisfies(finding -> {
                        assertThat(finding.found()).isEqualTo("HTTP %d %s", code, words);
                        assertThat(finding.advice()).contains("exception");
                    });
                });
    }

    /** Else nobody could tell which cluster to go on without. */
    @Test
    void shouldSayOnceWhereAStreamBroke() {
        TransientException broken = new TransientException("exec did not end within 30 s");

        TransientException placed = ClientExceptionTranslator.at(CLUSTER, "exec in Pod sample/curl", broken);

        assertThat(placed).hasMessage("cluster1, exec in Pod sample/curl: exec did not end within 30 s");
        assertThat(ClientExceptionTranslator.at(CLUSTER, "exec in Pod sample/curl", placed))
                .hasMessage(placed.getMessage());
    }

    @Test
    void shouldSayThatNobodyAnsweredWithoutTheWordsOfTheCause() {
        var silence = new KubernetesClientException("Authorization: Bearer " + BODY, new ConnectException(BODY));

        assertThat(sorted("Deployment istio-system/istiod", silence))
                .isInstanceOf(TransientException.class)
                .hasMessageContaining("no answer from the API server (ConnectException)")
                .hasNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(BODY));
    }

    @Test
    void shouldNameTheProxyThatMayBeTheSilentOne() {
        var proxy = new ProxyRoute(URI.create("http://robot:" + BODY + "@proxy.example:3128"), "proxy-url");
        var silence = new KubernetesClientException("GET", new ConnectException(BODY));
        var answered = new KubernetesClientException("busy", 503, null);

        assertThat(ClientExceptionTranslator.sort(CLUSTER, "API server", Optional.empty(), Optional.of(proxy), silence))
                .hasMessageContaining("no answer from the API server (ConnectException) through the proxy"
                        + " http://proxy.example:3128 (proxy-url). If it stays so")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(BODY));
        assertThat(ClientExceptionTranslator.sort(CLUSTER, "API server", Optional.empty(), Optional.of(proxy), answered)
                        .getMessage())
                .doesNotContain("proxy");
    }

    @Test
    void shouldPutBeforeAPersonThatTheCertificateIsNotOfTheKubeconfigsAuthority() {
        var untrusted = new KubernetesClientException(
                "GET", new SSLHandshakeException("no").initCause(new CertificateException("no name matches")));

        assertThat(sorted("API server", untrusted))
                .isInstanceOfSatisfying(
                        StepFailed.class,
                        failure -> assertThat(failure.findings())
                                .singleElement()
                                .satisfies(finding ->
                                        assertThat(finding.advice()).contains("certificate-authority-data")));
    }

    /** An API server quotes the object that it refuses, and a Secret's data with it. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 409, 422, 500})
    void shouldNotTellWhatAServerSaysOfASecret(int code) {
        assertThat(sorted("Secret istio-system/cacerts", answer(code, "data.ca-key.pem: Invalid value: " + BODY)))
                .hasMessageContaining("Secret istio-system/cacerts")
                .hasMessageContaining("HTTP " + code + " Refused")
                .hasNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(BODY));
    }

    private static RuntimeException sorted(String what, KubernetesClientException e) {
        return ClientExceptionTranslator.sort(CLUSTER, what, e);
    }

    private static KubernetesClientException answer(int code, String message) {
        Status status = new StatusBuilder()
                .withCode(code)
                .withReason("Refused")
                .withMessage(message)
                .build();
        return new KubernetesClientException("Failure executing: " + message, code, status);
    }
}
