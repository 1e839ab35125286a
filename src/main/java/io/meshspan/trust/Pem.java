package io.meshspan.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** PEM as istiod writes and reads it. */
final class Pem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static byte[] encode(X509Certificate... certificates) throws GeneralSecurityException {
        byte[] pem = {};
        for (X509Certificate certificate : certificates) {
            pem = joined(pem, block("CERTIFICATE", certificate.getEncoded()));
        }
        return pem;
    }

    /** PKCS#8; the caller overwrites the result after use. */
    static byte[] encode(PrivateKey key) {
        byte[] der = key.getEncoded();
        try {
            return block("PRIVATE KEY", der);
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    /** @throws IOException if a block is not a certificate; no message quotes the content */
    static List<X509Certificate> certificates(byte[] pem) throws IOException, GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (PEMParser parser = parser(pem)) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                if (!(block instanceof X509CertificateHolder holder)) {
                    throw new IOException("a PEM block that is no certificate");
                }
                found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
            }
        }
        return found;
    }

    /** The first block that istiod accepts: EC PRIVATE KEY, RSA PRIVATE KEY or PRIVATE KEY, not encrypted. */
    static PrivateKey privateKey(byte[] pem) throws IOException, GeneralSecurityException {
        try (PEMParser parser = parser(pem)) {
            Object block = parser.readObject();
            if (block instanceof PEMKeyPair pair) {
                return privateKey(pair.getPrivateKeyInfo());
            }
            if (block instanceof PrivateKeyInfo info) {
                return privateKey(info);
            }
            throw new IOException("a PEM block that is no private key");
        }
    }

    private static PrivateKey privateKey(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        String algorithm = kind.equals(EdECObjectIdentifiers.id_Ed25519) ? "Ed25519" : "EC";
        return KeyFactory.getInstance(kind.equals(PKCSObjectIdentifiers.rsaEncryption) ? "RSA" : algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static PEMParser parser(byte[] pem) {
        return new PEMParser(new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.US_ASCII));
    }

    static byte[] block(String type, byte[] der) {
        byte[] lines = LINES.encode(der);
        byte[] begin = "-----BEGIN %s-----\n".formatted(type).getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\n-----END %s-----\n".formatted(type).getBytes(StandardCharsets.US_ASCII);
        byte[] pem = ByteBuffer.allocate(begin.length + lines.length + end.length)
                .put(begin)
                .put(lines)
                .put(end)
                .array();
        Arrays.fill(lines, (byte) 0);
        return pem;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        return ByteBuffer.allocate(head.length + tail.length)
                .put(head)
                .put(tail)
                .array();
    }
}
