package io.meshspan.trust;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The one entry of the keystore, and the rules that a given root must meet. */
final class RootEntry {

    static final String ALIAS = "root-ca";

    private RootEntry() {}

    static RootCa read(KeyStore keystore, char[] password) throws GeneralSecurityException, UnusableRoot {
        String alias = onlyKey(keystore);
        Key key = keystore.getKey(alias, password);
        if (!(key instanceof PrivateKey privateKey)
                || !(keystore.getCertificate(alias) instanceof X509Certificate certificate)) {
            throw new UnusableRoot("an entry that is no X.509 certificate with its private key");
        }
        requireRoot(certificate);
        if (!KeyMatch.of(privateKey, certificate)) {
            throw new UnusableRoot("a private key that does not belong to its certificate, or is neither RSA nor EC");
        }
        return new RootCa(certificate, privateKey);
    }

    private static String onlyKey(KeyStore keystore) throws GeneralSecurityException, UnusableRoot {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(keystore.aliases())) {
            if (keystore.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new UnusableRoot("%d entries with a key".formatted(keys.size()));
        }
        return keys.get(0);
    }

    private static void requireRoot(X509Certificate certificate) throws UnusableRoot {
        if (!CertificateChain.signs(certificate, certificate)) {
            throw new UnusableRoot("a certificate that another authority signed: the root itself is needed");
        }
        if (!CertificateChain.isAuthority(certificate)) {
            throw new UnusableRoot("a certificate that may not sign others (CA:true, keyCertSign)");
        }
        if (certificate.getBasicConstraints() == 0) {
            throw new UnusableRoot("a root with path length 0, which allows no intermediate");
        }
    }
}
