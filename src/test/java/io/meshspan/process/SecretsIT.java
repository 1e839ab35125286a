package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** After a run with a failure in it, no token and no key stands anywhere in the database or the log. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {

    private final Fleet fleet = Application.take();

    @Test
    void shouldLeaveNoSecretInDatabaseOrLog(CapturedOutput log) {
        // given
        Change change = fleet.request();
        change.task("Approve change");
        fleet.cluster(fleet.second()).deny("patch", "secrets");
        change.approve("carla");
        change.task("Decide how to go on");
        fleet.cluster(fleet.second()).allowAll();

        // when
        change.decide("olivia", "Decide how to go on", Map.of("decision", "retry"));
        change.end();

        // then
        List<String> secrets = secrets();
        assertThat(secrets).hasSizeGreaterThan(6);
        String everything = database() + log.getAll();
        assertThat(everything).contains(fleet.mesh());
        assertThat(secrets.stream().filter(everything::contains).count())
                .as("secrets of this run that were found in the database or the log")
                .isZero();
    }

    /** The tokens and keys of both clusters, plain and in base64, by a part long enough to be none but itself. */
    private List<String> secrets() {
        return Stream.of(fleet.first(), fleet.second())
                .flatMap(name -> Application.SANDBOX.client(name).secrets().inAnyNamespace().list().getItems().stream())
                .flatMap(SecretsIT::sensitive)
                .flatMap(encoded -> Stream.of(encoded, decoded(encoded)))
                .map(text -> text.substring(text.length() / 2, Math.min(text.length(), text.length() / 2 + 40)))
                .toList();
    }

    private static Stream<String> sensitive(Secret secret) {
        Map<String, String> data = secret.getData();
        return data == null
                ? Stream.empty()
                : data.entrySet().stream()
                        .filter(e -> e.getKey().equals("token")
                                || e.getKey().endsWith("-key.pem")
                                || secret.getMetadata().getName().startsWith("istio-remote-secret"))
                        .map(Map.Entry::getValue);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).replace("\n", "");
    }

    private static String database() {
        JdbcTemplate jdbc = Application.CONTEXT.getBean(JdbcTemplate.class);
        List<String> tables = jdbc.queryForList(
                "select TABLE_NAME from INFORMATION_SCHEMA.TABLES where TABLE_SCHEMA = 'PUBLIC'", String.class);
        StringBuilder all = new StringBuilder();
        tables.forEach(table -> jdbc.query("select * from \"" + table + "\"", row -> {
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                values.add(text(row.getObject(column)));
            }
            all.append(values).append('\n');
        }));
        return all.toString().replace("\n", "");
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
    }
}
