package io.meshspan.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meshspan.MeshspanApplication;
import io.meshspan.finding.StartupFailure;
import io.meshspan.inventory.Inventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.spring.boot.starter.webapp.filter.LazyInitRegistration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

/** Starts the application more than once on one database. */
class StartUpIT {

    private static final Path KEYSTORES = folder();

    private static Path folder() {
        try {
            return Files.createTempDirectory("meshspan-it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Tag("slow")
    @Test
    void shouldChangeNothingAtASecondStartAndKeepChangedPasswords() {
        String database = "jdbc:h2:mem:second;DB_CLOSE_DELAY=-1";
        List<Map<String, Object>> first;
        try (ConfigurableApplicationContext app = start(database, "demo")) {
            IdentityService identity = app.getBean(IdentityService.class);
            var olivia = identity.createUserQuery().userId("olivia").singleResult();
            olivia.setPassword("words of her own");
            identity.saveUser(olivia);
            first = identityTables(app);
        }
        try (ConfigurableApplicationContext app = start(database, "demo")) {
            assertThat(identityTables(app)).isEqualTo(first).hasSizeGreaterThan(50);
            assertThat(app.getBean(IdentityService.class).checkPassword("olivia", "words of her own"))
                    .isTrue();
        }
    }

    @Test
    void shouldRefuseToStartWithoutAnAdministratorAndSayWhatToDo() {
        Throwable failure =
                catchThrowable(() -> start("jdbc:h2:mem:nobody", "none").close());
        forgetTheContextThatFailed();

        assertThat(failure)
                .isInstanceOfSatisfying(
                        StartupFailure.class,
                        told -> assertThat(told.action()).contains("MESHSPAN_ADMIN_USER", "MESHSPAN_ADMIN_PASSWORD"));
    }

    @Test
    void shouldCreateTheConfiguredAdministratorAndNobodyElse() {
        try (ConfigurableApplicationContext app = start(
                "jdbc:h2:mem:admin", "none", "meshspan.admin.user=ada", "meshspan.admin.password=correct horse")) {
            IdentityService identity = app.getBean(IdentityService.class);

            assertThat(identity.createUserQuery().memberOfGroup("camunda-admin").list())
                    .extracting("id")
                    .containsExactly("ada");
            assertThat(identity.createUserQuery().count()).isOne();
        }
    }

    /** Camunda's filters keep the context in a static field, and clear it only when one closes that had started. */
    @SuppressWarnings("NullAway")
    private static void forgetTheContextThatFailed() {
        new LazyInitRegistration().setApplicationContext(null);
    }

    /** Rows with their revisions: an update that writes the same values shows as well. */
    private static List<Map<String, Object>> identityTables(ConfigurableApplicationContext app) {
        JdbcTemplate jdbc = app.getBean(JdbcTemplate.class);
        return List.of("ACT_RU_AUTHORIZATION", "ACT_ID_USER", "ACT_ID_GROUP", "ACT_ID_MEMBERSHIP", "ACT_RU_FILTER")
                .stream()
                .flatMap(table -> jdbc.queryForList("select * from " + table + " order by 1, 2").stream())
                .map(row -> Map.copyOf(withoutLobs(row)))
                .toList();
    }

    private static Map<String, Object> withoutLobs(Map<String, Object> row) {
        row.values().removeIf(value -> value == null || value instanceof java.sql.Clob);
        return row;
    }

    private static ConfigurableApplicationContext start(String database, String profile, String... properties) {
        return new SpringApplicationBuilder(MeshspanApplication.class, NoClusters.class)
                .profiles(profile)
                .properties("server.address=127.0.0.1")
                .properties(properties)
                .run(
                        "--server.port=0",
                        "--meshspan.trust.keystore=" + KEYSTORES + "/root-ca.p12",
                        "--meshspan.trust.keystore-password=of this test",
                        "--spring.datasource.url=" + database,
                        "--camunda.bpm.deployment-resource-pattern=classpath*:forms/*.form,classpath*:web/*.bpmn");
    }

    @Configuration(proxyBeanMethods = false)
    static class NoClusters {

        @Bean
        @Primary
        Inventory noClusters() {
            return List::of;
        }
    }
}
