package io.meshspan.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.meshspan.declared.DeclaredMesh.State;
import io.meshspan.mesh.Mesh;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The table of the declared meshes, on both databases. */
class DeclaredMeshesTest {

    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.123Z");

    @Test
    void shouldKeepEveryVersionInH2() {
        shouldKeepEveryVersion(
                new DriverManagerDataSource("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID())), "h2");
    }

    @Test
    void shouldKeepEveryVersionInPostgresql() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            shouldKeepEveryVersion(server.getPostgresDatabase(), "postgresql");
        } catch (IllegalStateException e) {
            abort("PostgreSQL does not start here (as root it needs 'unshare'): " + e.getMessage());
        }
    }

    private static void shouldKeepEveryVersion(DataSource source, String kind) {
        // given
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", "classpath:db/" + kind)
                .load()
                .migrate();
        DeclaredMeshes meshes = new DeclaredMeshes(JdbcClient.create(source));
        Mesh two = DeclarationRulesTest.mesh("cluster1", "cluster2");
        Mesh three = DeclarationRulesTest.mesh("cluster1", "cluster2", "cluster3");
        DeclaredMesh first = version(1, State.VERIFIED, two, null);
        DeclaredMesh second = version(2, State.UNCERTAIN, two, three);

        // when
        assertThat(meshes.lock(two.id())).isEmpty();
        meshes.add(first);
        meshes.add(second);

        // then
        assertThat(meshes.lock(two.id())).contains(second);
        assertThat(meshes.history("mesh1")).containsExactly(second, first);
        assertThat(meshes.all()).containsExactly(second);
        assertThat(meshes.names()).containsExactly("mesh1");
        assertThat(second.mayBeIn()).isEqualTo(three.members());
        meshes.add(version(3, State.REMOVED, two, null));
        assertThat(meshes.names()).isEmpty();
        assertThat(meshes.history("mesh1")).hasSize(3);

        // and who took it over is forgotten in time, and stays of a change until its records go
        meshes.add(version(4, State.TAKEN_OVER, two, null, null));
        meshes.forgetBefore(AT);
        assertThat(people(meshes)).containsExactly("olivia", "olivia", "olivia", "olivia");
        meshes.forgetBefore(AT.plusSeconds(1));
        assertThat(people(meshes)).containsExactly(null, "olivia", "olivia", "olivia");
        meshes.forget("c1");
        assertThat(people(meshes)).containsOnlyNulls();
    }

    private static Stream<@Nullable String> people(DeclaredMeshes meshes) {
        return meshes.history("mesh1").stream().map(DeclaredMesh::person);
    }

    private static DeclaredMesh version(int version, State state, Mesh mesh, @Nullable Mesh attempted) {
        return version(version, state, mesh, attempted, "c1");
    }

    private static DeclaredMesh version(
            int version, State state, Mesh mesh, @Nullable Mesh attempted, @Nullable String change) {
        return new DeclaredMesh(
                version,
                AT,
                state,
                mesh,
                attempted,
                List.of("ab", "cd"),
                null,
                "cert-manager",
                change,
                "install",
                "olivia",
                "a note");
    }
}
