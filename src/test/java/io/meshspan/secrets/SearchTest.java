package io.meshspan.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The search that guards every run: each way to write a secret down is one in which it is found. */
class SearchTest {

    private static final String TOKEN = "eyJhbGciOiJub25lIn0.the-end-of-this-one-nobody-else-has-0123456789";
    private static final String WHOSE = "a token that a test of the search made up";

    SearchTest() {
        TestSecrets.token(WHOSE, TOKEN);
    }

    @Test
    void shouldFindATokenAsItIsAndInBase64WhereverItBegins() throws IOException {
        for (String before : List.of("", "x", "xy")) {
            String kubeconfig = before + "token: " + TOKEN + "\n";
            assertThat(List.of(kubeconfig, base64(kubeconfig), base64("y: " + base64(kubeconfig))))
                    .allSatisfy(text -> assertThat(in("head " + text + " tail")).containsExactly(WHOSE));
        }
        assertThat(in(TOKEN.substring(0, 40))).isEmpty();
        assertThat(in("x".repeat((1 << 20) - 30) + TOKEN)).containsExactly(WHOSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void shouldFindAPrivateKeyButNotItsPublicOne(String algorithm) throws GeneralSecurityException, IOException {
        KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        String pem = pem(keys.getPrivate().getEncoded());

        assertThat(List.of(pem, base64(pem), base64(keys.getPrivate().getEncoded())))
                .allSatisfy(text -> assertThat(in(text)).containsExactly("a private key"));
        assertThat(TestSecrets.NEEDLES.in(keys.getPrivate().getEncoded())).containsExactly("a private key");
        assertThat(in(pem(keys.getPublic().getEncoded()))).isEmpty();
    }

    @Test
    void shouldFindItInADatabaseAndSayInWhichRowWithoutRepeatingIt() {
        JdbcDataSource source = database("jdbc:h2:mem:search;DB_CLOSE_DELAY=-1");

        SearchedDatabase.search(source, "a database");

        assertThat(LeakedSecrets.take())
                .hasSize(2)
                .allSatisfy(find -> assertThat(find)
                        .startsWith(WHOSE + " stands in a database")
                        .contains("NOTES", "row 17")
                        .doesNotContain("nobody-else"))
                .anySatisfy(find -> assertThat(find).contains("column TEXT"))
                .anySatisfy(find -> assertThat(find).contains("column BYTES"));
    }

    @Test
    void shouldFindItInTheFilesOfAService(@TempDir Path folder) throws IOException {
        JdbcClient.create(database("jdbc:h2:file:" + folder.resolve("meshspan")))
                .sql("shutdown")
                .update();
        Files.writeString(folder.resolve("service.log"), "INFO " + TOKEN);

        Services.in(folder);
        Services.search();

        assertThat(LeakedSecrets.take())
                .anySatisfy(find -> assertThat(find).startsWith(WHOSE).endsWith("meshspan.mv.db"))
                .anySatisfy(find -> assertThat(find).startsWith(WHOSE).endsWith("service.log"))
                .hasSize(2);
    }

    private static JdbcDataSource database(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(url);
        JdbcClient client = JdbcClient.create(source);
        client.sql("create table NOTES (ID int, TEXT clob, BYTES blob)").update();
        String text = "x".repeat(3000) + TOKEN + "y".repeat(3000);
        client.sql("insert into NOTES values (17, ?, ?)")
                .param(text)
                .param(text.getBytes(StandardCharsets.UTF_8))
                .update();
        return source;
    }

    private static Set<String> in(String text) throws IOException {
        return TestSecrets.NEEDLES.in(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String pem(byte[] der) {
        return "-----BEGIN X-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END X-----\n";
    }
}
