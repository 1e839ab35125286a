package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.meshspan.kubernetes.AppliedObject;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.manifest.ApplySet;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Writes {@code cacerts} in a rotation of the root, with marks by which a later step knows what this change has written. */
final class RotationMark {

    private static final String CHANGE = "meshspan.io/root-rotated-for";
    private static final String TARGET = "meshspan.io/root-rotated-to";

    private RotationMark() {}

    static Optional<Secret> live(Cluster cluster) {
        return cluster.find(Secret.class, Cacerts.NAMESPACE, Cacerts.NAME);
    }

    static boolean isFor(String change, Secret secret) {
        return change.equals(annotation(secret, CHANGE));
    }

    /** The fingerprints of the new root. */
    static String target(Secret secret) {
        return annotation(secret, TARGET);
    }

    private static String annotation(Secret secret, String name) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }

    /**
     * Writes an intermediate with these roots, if it is not there yet. A Secret of others keeps its form and its owner.
     *
     * @param original as it was before the change
     * @param signed has the intermediate
     */
    static AppliedObject write(
            Cluster cluster,
            ApplySet set,
            String change,
            String target,
            Secret original,
            Secret signed,
            List<X509Certificate> roots) {
        Map<String, String> marks = Map.of(CHANGE, change, TARGET, target);
        if (set.contains(original)) {
            return cluster.apply(set.member(new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(Cacerts.NAMESPACE)
                    .withName(Cacerts.NAME)
                    .addToLabels("app.kubernetes.io/managed-by", "meshspan")
                    .addToAnnotations(marks)
                    .endMetadata()
                    .withType("Opaque")
                    .addToData(data(CacertsForm.ISTIO, signed, roots))
                    .build()));
        }
        return cluster.merge(
                MeshTrust.CACERTS,
                Map.of(
                        "metadata",
                        Map.of("annotations", marks),
                        "data",
                        data(CacertsForm.of(original), signed, roots)));
    }

    private static Map<String, String> data(CacertsForm form, Secret signed, List<X509Certificate> roots) {
        CacertsForm from = CacertsForm.of(signed);
        Map<String, String> data = new HashMap<>();
        data.put(form.key(), entry(signed, from.key()));
        data.put(form.root(), pem(roots));
        if (form == from) {
            form.chain().stream()
                    .filter(name -> !name.equals(form.root()))
                    .forEach(name -> data.put(name, entry(signed, name)));
            data.put(form.certificate(), entry(signed, form.certificate()));
            return data;
        }
        CacertsContent content = CacertsContent.readable(signed).orElseThrow();
        List<X509Certificate> chain = new ArrayList<>(content.chain());
        chain.removeAll(content.roots());
        if (form == CacertsForm.TLS) {
            data.put(form.certificate(), pem(chain));
        } else {
            data.put(form.certificate(), pem(List.of(content.authority())));
            chain.addAll(content.roots());
            data.put(CacertsForm.ISTIO_CHAIN, pem(chain));
        }
        return data;
    }

    private static String entry(Secret secret, String name) {
        return Objects.requireNonNull(secret.getData().get(name));
    }

    private static String pem(List<X509Certificate> certificates) {
        try {
            return Base64.getEncoder().encodeToString(Pem.encode(certificates.toArray(X509Certificate[]::new)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("certificates could not be encoded", e);
        }
    }
}
