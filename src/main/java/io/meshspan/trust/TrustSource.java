package io.meshspan.trust;

import java.util.Locale;

/** Where the intermediate CAs of the clusters come from. docs/trust.md describes each. */
public enum TrustSource {
    /** A keystore with the root and its key; made once if it is not there. */
    KEYSTORE,

    /** An outside source: each cluster has its Secret already, and Meshspan never signs anything. */
    GIVEN,

    /** A keystore with an issuing CA below a root; the root's key is not in it. */
    ISSUER,

    /** cert-manager in each cluster. */
    CERT_MANAGER,

    /** The PKI secrets engine of a Vault. */
    VAULT;

    /** As in the settings, for example {@code cert-manager}. */
    public String inWords() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the file meshspan.trust.keystore holds the CA that signs. */
    boolean usesKeystore() {
        return this == KEYSTORE || this == ISSUER;
    }
}
