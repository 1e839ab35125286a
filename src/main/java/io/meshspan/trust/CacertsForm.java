package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The two sets of keys that istiod reads from the secret {@code cacerts}. If {@code tls.crt} exists, istiod takes that set.
 * Source: istio/istio {@code pilot/pkg/bootstrap/istio_ca.go}, detectSigningCABundle.
 */
enum CacertsForm {
    ISTIO("ca-cert.pem", "ca-key.pem", "root-cert.pem"),
    TLS("tls.crt", "tls.key", "ca.crt");

    static final String ISTIO_CHAIN = "cert-chain.pem";

    private final String certificate;
    private final String key;
    private final String root;

    CacertsForm(String certificate, String key, String root) {
        this.certificate = certificate;
        this.key = key;
        this.root = root;
    }

    static CacertsForm of(Secret secret) {
        return data(secret).containsKey(TLS.certificate) ? TLS : ISTIO;
    }

    String certificate() {
        return certificate;
    }

    String key() {
        return key;
    }

    String root() {
        return root;
    }

    List<String> chain() {
        return this == ISTIO ? List.of(ISTIO_CHAIN) : List.of(certificate, root);
    }

    List<String> missingFrom(Secret secret) {
        List<String> needed = new ArrayList<>(List.of(certificate, key, root));
        chain().stream().filter(name -> !needed.contains(name)).forEach(needed::add);
        needed.removeAll(data(secret).keySet());
        return needed;
    }

    /** @throws IllegalArgumentException if the entry is not base64 */
    static byte[] decoded(Secret secret, String entry) {
        return Base64.getDecoder().decode(Objects.requireNonNull(data(secret).get(entry)));
    }

    private static Map<String, String> data(Secret secret) {
        return secret.getData() == null ? Map.of() : secret.getData();
    }
}
