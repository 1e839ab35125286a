package io.meshspan.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.audit.KeptWithRecords;
import io.meshspan.database.Utc;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of the declared meshes, used in the caller's transaction. Versions are only added, never changed. */
@Component
public final class DeclaredMeshes implements KeptWithRecords {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEWEST =
            " and VERSION = (select max(n.VERSION) from MESHSPAN_MESH n where n.MESH = m.MESH)";

    private final JdbcClient database;

    DeclaredMeshes(JdbcClient database) {
        this.database = database;
    }

    /** The current declaration, even if it says that the mesh was removed. */
    public Optional<DeclaredMesh> find(String mesh) {
        return database.sql("select * from MESHSPAN_MESH m where MESH = ?" + NEWEST)
                .param(mesh)
                .query((row, number) -> declared(row))
                .optional();
    }

    /** The current declaration of every mesh, by ID. */
    public List<DeclaredMesh> all() {
        return database.sql("select * from MESHSPAN_MESH m where 1 = 1" + NEWEST + " order by MESH")
                .query((row, number) -> declared(row))
                .list();
    }

    /** The IDs of the meshes that are not removed. */
    public List<String> names() {
        return all().stream()
                .filter(DeclaredMesh::isThere)
                .map(declared -> declared.mesh().id().value())
                .toList();
    }

    /** Every version of a mesh, the newest first; none if it was never declared. */
    public List<DeclaredMesh> history(String mesh) {
        return database.sql("select * from MESHSPAN_MESH where MESH = ? order by VERSION desc")
                .param(mesh)
                .query((row, number) -> declared(row))
                .list();
    }

    /** If two callers declare the same mesh at the same time, one waits for the other. */
    Optional<DeclaredMesh> lock(MeshId mesh) {
        var unused = database.sql("select VERSION from MESHSPAN_MESH where MESH = ? and VERSION = 1 for update")
                .param(mesh.value())
                .query(Integer.class)
                .optional();
        return find(mesh.value());
    }

    /** The mesh stays declared; the person's name is deleted with the records of the change. */
    @Override
    public void forget(String change) {
        database.sql("update MESHSPAN_MESH set PERSON = null where CHANGE_ID = ?")
                .param(change)
                .update();
    }

    /** A mesh that was taken over belongs to no change. */
    @Override
    public void forgetBefore(Instant limit) {
        database.sql("update MESHSPAN_MESH set PERSON = null where CHANGE_ID is null and AT < ? and PERSON is not null")
                .param(Utc.of(limit))
                .update();
    }

    void add(DeclaredMesh declared) {
        database.sql("insert into MESHSPAN_MESH (MESH, VERSION, AT, STATE, CHANGE_ID, ORIGIN, PERSON, NOTE, DECLARED,"
                        + " ATTEMPTED, ROOTS, HELM_VALUES, TRUST) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        declared.mesh().id().value(),
                        declared.version(),
                        Utc.of(declared.at()),
                        declared.state().name(),
                        declared.change(),
                        declared.origin(),
                        declared.person(),
                        declared.note(),
                        written(declared.mesh()),
                        declared.attempted() == null ? null : written(declared.attempted()),
                        String.join(" ", declared.roots()),
                        declared.values(),
                        declared.trust()))
                .update();
    }

    private static DeclaredMesh declared(ResultSet row) throws SQLException {
        String roots = row.getString("ROOTS");
        String attempted = row.getString("ATTEMPTED");
        return new DeclaredMesh(
                row.getInt("VERSION"),
                Utc.required(row, "AT"),
                DeclaredMesh.State.valueOf(row.getString("STATE")),
                read(row.getString("DECLARED")),
                optional(attempted),
                roots.isEmpty() ? List.of() : List.of(roots.split(" ", -1)),
                row.getString("HELM_VALUES"),
                row.getString("TRUST"),
                row.getString("CHANGE_ID"),
                row.getString("ORIGIN"),
                row.getString("PERSON"),
                row.getString("NOTE"));
    }

    private static @Nullable Mesh optional(@Nullable String json) {
        return json == null ? null : read(json);
    }

    private static String written(Mesh mesh) {
        try {
            return JSON.writeValueAsString(mesh);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a declared mesh could not be written", e);
        }
    }

    private static Mesh read(String json) {
        try {
            return JSON.readValue(json, Mesh.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a declared mesh could not be read", e);
        }
    }
}
