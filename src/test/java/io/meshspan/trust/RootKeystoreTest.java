package io.meshspan.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshspan.finding.FailureCode;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.ClusterName;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeystoreTest {

    private final Path folder;

    RootKeystoreTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldMakeTheRootOnceAndFindItAgainAfterARestart() throws Exception {
        // given
        Path file = folder.resolve("new/folder/root-ca.p12");

        // when
        RootCa made = keystore(file, GivenCa.PASSWORD).open();
        RootCa found = keystore(file, GivenCa.PASSWORD).open();

        // then
        assertThat(found.certificate()).isEqualTo(made.certificate());
        assertThat(found.key()).isEqualTo(made.key());
        assertThat(found.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.resolveSibling("."))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("root-ca.p12", "root-ca.p12.lock");
        }
    }

    @Test
    void shouldTakeTheRightsOfOthersFromTheFolderOfTheKeystoresAtStart() throws Exception {
        // given
        Path data = Files.createDirectory(folder.resolve("data"));
        TrustProperties properties = GivenCa.properties(data.resolve("root-ca.p12"), KeyType.EC_P256);
        RootKeystore keystore = GivenCa.keystore(properties);
        keystore.open();
        new EvidenceKey(properties).require();
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

        // when
        new KeystoreAtStart(properties, keystore, new EvidenceKey(properties)).afterPropertiesSet();

        // then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void shouldTellTheRootThatIsThereNow() throws Exception {
        // given
        Path file = folder.resolve("root-ca.p12");
        RootKeystore keystore = keystore(file, GivenCa.PASSWORD);
        X509Certificate first = keystore.root();
        Path other = folder.resolve("other.p12");
        X509Certificate second = keystore(other, GivenCa.PASSWORD).root();

        // when
        X509Certificate again = keystore.root();
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        X509Certificate replaced = keystore.root();
        Files.writeString(file, "no keystore");

        // then
        assertThat(again).isEqualTo(first);
        assertThat(replaced).isEqualTo(second).isNotEqualTo(first);
        assertThatThrownBy(keystore::root).isInstanceOf(StepFailed.class);
    }

    @Test
    void shouldMakeOneRootWhenSeveralTryAtOnce() throws Exception {
        // given
        int tries = 6;
        Path file = folder.resolve("root-ca.p12");
        CountDownLatch start = new CountDownLatch(1);
        Callable<String> open = () -> {
            start.await();
            return keystore(file, GivenCa.PASSWORD).open().fingerprint();
        };
        ExecutorService threads = Executors.newFixedThreadPool(tries);
        try {
            List<Future<String>> opened =
                    Stream.generate(() -> threads.submit(open)).limit(tries).toList();

            // when
            start.countDown();

            // then
            String first = opened.get(0).get();
            for (Future<String> other : opened) {
                assertThat(other.get()).isEqualTo(first);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldSayThatThePasswordIsWrongWithoutShowingIt() {
        // given
        Path file = folder.resolve("root-ca.p12");
        keystore(file, GivenCa.PASSWORD).open();

        // when / then
        assertThatThrownBy(() -> keystore(file, "guessed-wrong").open())
                .isInstanceOfSatisfying(
                        StepFailed.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INPUT_REJECTED))
                .hasNoCause()
                .hasMessageContaining("root-ca.p12")
                .hasMessageContaining("meshspan.trust.keystore-password does not open")
                .hasMessageNotContaining("guessed-wrong");
    }

    @Test
    void shouldLeaveAFileAloneThatIsNoKeystore() throws Exception {
        // given
        Path file = Files.writeString(folder.resolve("root-ca.p12"), "not a keystore");

        // when / then
        assertThatThrownBy(() -> keystore(file, GivenCa.PASSWORD).open()).hasMessageContaining("no PKCS#12 keystore");
        assertThat(file).hasContent("not a keystore");
    }

    @Test
    void shouldUseARootThatWasGiven() throws Exception {
        // given
        RootCa corporate = GivenCa.root();
        Path file = given(corporate.certificate(), corporate.key());

        // when / then
        assertThat(keystore(file, GivenCa.PASSWORD).open().certificate()).isEqualTo(corporate.certificate());
    }

    @Test
    void shouldRefuseAnIntermediateInPlaceOfARoot() throws Exception {
        // given
        var keys = KeyType.EC_P256.generate();
        X509Certificate intermediate = Issuer.intermediate(
                GivenCa.root(),
                new ClusterName("cluster1"),
                keys.getPublic(),
                Validity.startingBefore(Instant.now(), GivenCa.TEN_YEARS));
        Path file = given(intermediate, keys.getPrivate());

        // when / then
        assertThatThrownBy(() -> keystore(file, GivenCa.PASSWORD).open())
                .hasMessageContaining("another authority signed");
    }

    @Test
    void shouldRefuseARootWithTheKeyOfAnother() throws Exception {
        // given
        Path file = given(GivenCa.root().certificate(), GivenCa.root().key());

        // when / then
        assertThatThrownBy(() -> keystore(file, GivenCa.PASSWORD).open())
                .hasMessageContaining("does not belong to its certificate");
    }

    private static RootKeystore keystore(Path file, String password) {
        return GivenCa.keystore(GivenCa.properties(file, KeyType.EC_P256, password));
    }

    private Path given(X509Certificate certificate, PrivateKey key) throws Exception {
        Path file = folder.resolve("given.p12");
        KeyStore keystore = KeyStore.getInstance("PKCS12");
        keystore.load(null, null);
        keystore.setKeyEntry("any", key, GivenCa.PASSWORD.toCharArray(), new Certificate[] {certificate});
        try (OutputStream out = Files.newOutputStream(file)) {
            keystore.store(out, GivenCa.PASSWORD.toCharArray());
        }
        return file;
    }
}
