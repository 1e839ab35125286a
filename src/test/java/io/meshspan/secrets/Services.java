package io.meshspan.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The folders in which services in processes of their own keep their database, their log and their keystore. */
public final class Services {

    /** Of every keystore that a test has a service make. */
    public static final String KEYSTORE_PASSWORD = "of the keystores of tests alone";

    private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();

    static {
        TestSecrets.password("the password of a keystore", KEYSTORE_PASSWORD);
    }

    private Services() {}

    public static void in(Path folder) {
        FOLDERS.add(folder);
    }

    /** After each test, before its folder is taken away. */
    static void search() {
        List.copyOf(FOLDERS).forEach(folder -> {
            keystores(folder);
            SearchedFiles.search(folder);
            FOLDERS.remove(folder);
        });
    }

    /** The keys in there are as secret as those that were made in this process. */
    private static void keystores(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.endsWith("root-ca.p12")).toList()) {
                keys(file);
            }
        } catch (IOException | GeneralSecurityException e) {
            LeakedSecrets.notSearched(folder.toString(), e);
        }
    }

    private static void keys(Path file) throws IOException, GeneralSecurityException {
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        char[] password = KEYSTORE_PASSWORD.toCharArray();
        try (InputStream content = Files.newInputStream(file)) {
            keystore.load(content, password);
        }
        for (String alias : Collections.list(keystore.aliases())) {
            if (keystore.getKey(alias, password) instanceof PrivateKey key) {
                TestSecrets.key("the key " + alias, key);
            }
        }
    }
}
