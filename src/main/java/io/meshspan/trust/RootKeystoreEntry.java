package io.meshspan.trust;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The only key entry of the keystore, and the rules that a given CA must meet. */
final class RootKeystoreEntry {

    static final String ALIAS = "root-ca";

    private RootKeystoreEntry() {}

    /** The root at which the mesh's trust begins. */
    static RootCa root(KeyStore keystore, char[] password) throws GeneralSecurityException, UnusableRoot {
        String alias = onlyKey(keystore);
        X509Certificate certificate = certificate(keystore, alias);
        if (!CertificateChain.isSelfSigned(certificate)) {
            throw new UnusableRoot("a certificate that another authority signed: the root itself is needed, or"
                    + " meshspan.trust.source issuer for an issuing CA below it");
        }
        return read(keystore, password, alias, List.of(certificate));
    }

    /**
     * A CA that may sign intermediates, with its path up to a root.
     *
     * @param known the company's roots; empty if the keystore holds the root
     */
    static RootCa issuing(KeyStore keystore, char[] password, List<X509Certificate> known)
            throws GeneralSecurityException, UnusableRoot {
        String alias = onlyKey(keystore);
        List<X509Certificate> others = certificates(keystore);
        List<X509Certificate> roots = known.isEmpty()
                ? others.stream().filter(CertificateChain::isSelfSigned).toList()
                : known;
        CertificateChain chain = CertificateChain.from(certificate(keystore, alias), others, roots);
        if (!chain.reachesRoot()) {
            throw new UnusableRoot(
                    known.isEmpty()
                            ? "an issuing CA without the certificates up to its root: add them to the keystore, or set"
                                    + " meshspan.trust.root-certificates"
                            : "an issuing CA that does not lead to one of meshspan.trust.root-certificates");
        }
        return read(keystore, password, alias, chain.path());
    }

    private static RootCa read(KeyStore keystore, char[] password, String alias, List<X509Certificate> path)
            throws GeneralSecurityException, UnusableRoot {
        if (!(keystore.getKey(alias, password) instanceof PrivateKey key)) {
            throw new UnusableRoot("an entry that is no X.509 certificate with its private key");
        }
        for (AuthorityFault fault : AuthorityFault.ofIssuer(path)) {
            throw new UnusableRoot("%s (expected %s)".formatted(fault.found(), fault.expected()));
        }
        if (!KeyMatch.of(key, path.get(0))) {
            throw new UnusableRoot("a private key that does not belong to its certificate, or is neither RSA nor EC");
        }
        return new RootCa(path, key);
    }

    private static X509Certificate certificate(KeyStore keystore, String alias)
            throws GeneralSecurityException, UnusableRoot {
        if (keystore.getCertificate(alias) instanceof X509Certificate certificate) {
            return certificate;
        }
        throw new UnusableRoot("an entry that is no X.509 certificate with its private key");
    }

    /** All certificates in the keystore: the chain of the key, and those that somebody added. */
    private static List<X509Certificate> certificates(KeyStore keystore) throws GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(keystore.aliases())) {
            Certificate[] chain = keystore.getCertificateChain(alias);
            for (Certificate each : chain == null ? new Certificate[] {keystore.getCertificate(alias)} : chain) {
                if (each instanceof X509Certificate certificate) {
                    found.add(certificate);
                }
            }
        }
        return found;
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
}
