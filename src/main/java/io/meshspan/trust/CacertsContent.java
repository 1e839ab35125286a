package io.meshspan.trust;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The content of an existing secret {@code cacerts}, without its key.
 *
 * @param chain the certificates that istiod sends with each workload's certificate
 * @param roots the roots that istiod gives to every workload
 * @param keyProblem why istiod cannot use the private key with the authority's certificate, if it cannot
 */
record CacertsContent(
        X509Certificate authority,
        List<X509Certificate> chain,
        List<X509Certificate> roots,
        Optional<String> keyProblem) {

    CacertsContent {
        chain = List.copyOf(chain);
        roots = List.copyOf(roots);
    }

    /** Empty if an entry is missing or cannot be read. */
    static Optional<CacertsContent> readable(Secret secret) {
        try {
            return Optional.of(of(secret));
        } catch (UnreadableCacerts e) {
            return Optional.empty();
        }
    }

    /** @throws UnreadableCacerts naming the first entry that is missing or cannot be read, never its content */
    static CacertsContent of(Secret secret) throws UnreadableCacerts {
        CacertsForm form = CacertsForm.of(secret);
        List<String> missing = form.missingFrom(secret);
        if (!missing.isEmpty()) {
            throw new UnreadableCacerts("no entry " + String.join(", ", missing));
        }
        X509Certificate authority = certificates(secret, form.certificate(), 1).get(0);
        List<X509Certificate> chain = new ArrayList<>();
        for (String entry : form.chain()) {
            chain.addAll(certificates(secret, entry, 0));
        }
        return new CacertsContent(
                authority,
                chain,
                certificates(secret, form.root(), 1),
                KeyMatch.problem(privateKey(secret, form.key()), authority));
    }

    private static List<X509Certificate> certificates(Secret secret, String entry, int atLeast)
            throws UnreadableCacerts {
        try {
            List<X509Certificate> found = Pem.certificates(CacertsForm.decoded(secret, entry));
            if (found.size() >= atLeast) {
                return found;
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UnreadableCacerts("an entry %s that is no certificate in PEM form".formatted(entry));
        }
        throw new UnreadableCacerts("an entry %s without a certificate".formatted(entry));
    }

    private static PrivateKey privateKey(Secret secret, String entry) throws UnreadableCacerts {
        byte[] pem = {};
        try {
            pem = CacertsForm.decoded(secret, entry);
            return Pem.privateKey(pem);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UnreadableCacerts(
                    "an entry %s that is no EC PRIVATE KEY, RSA PRIVATE KEY or PRIVATE KEY".formatted(entry));
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }
}
