package io.meshspan.declared;

import io.meshspan.audit.AuditRecord;
import io.meshspan.audit.ChainedRecord;
import io.meshspan.audit.ChangeState;
import io.meshspan.audit.Changes;
import io.meshspan.audit.RecordJson;
import io.meshspan.audit.RecordKind;
import io.meshspan.declared.DeclarationRules.Declaration;
import io.meshspan.declared.DeclaredMesh.State;
import io.meshspan.evidence.RecordedRequest;
import io.meshspan.expiry.ExpiryScan;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import io.meshspan.plan.ChangeRequest;
import io.meshspan.plan.ExcludedClusters;
import io.meshspan.trust.TrustProperties;
import io.meshspan.verification.VerificationHistory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes the declaration of a mesh when a change ends or a person takes the mesh over. */
@Component
public class MeshDeclarations {

    private static final String TAKE_OVER = "take over";

    private final DeclaredMeshes meshes;
    private final Changes changes;
    private final ExcludedClusters excluded;
    private final String source;
    private final Clock clock = Clock.systemUTC();

    MeshDeclarations(DeclaredMeshes meshes, Changes changes, ExcludedClusters excluded, TrustProperties trust) {
        this.meshes = meshes;
        this.changes = changes;
        this.excluded = excluded;
        this.source = trust.source().inWords();
    }

    /**
     * Runs in the transaction in which the change ends. A verification on the schedule declares nothing: its results have a
     * history of their own. Nor does a renewal of tokens that ends well: it makes what is declared already, however that stands.
     *
     * @param outcome the name of its end
     * @return the new declaration; empty if it does not change
     */
    @Transactional
    public Optional<DeclaredMesh> ended(String change, String outcome) {
        return RecordedRequest.of(changes, change)
                .filter(asked -> !asked.process().equals(VerificationHistory.SCHEDULE)
                        && !(asked.process().equals(ExpiryScan.RENEWAL)
                                && ChangeState.ended(outcome) == ChangeState.VERIFIED))
                .flatMap(asked -> ended(change, asked, ChangeState.ended(outcome)));
    }

    private Optional<DeclaredMesh> ended(String change, ChangeRequest asked, ChangeState end) {
        Optional<DeclaredMesh> last = meshes.lock(asked.mesh().id());
        Set<ClusterName> without = excluded.names(change);
        Optional<DeclaredMesh> before = last.filter(DeclaredMesh::isThere);
        Optional<DeclaredMesh> next = new DeclarationRules(
                        before, asked.kind(), asked.mesh(), without, changes.wrote(change))
                .at(end)
                .map(declaration -> next(last, before, declaration, change, asked));
        next.ifPresent(meshes::add);
        return next;
    }

    private DeclaredMesh next(
            Optional<DeclaredMesh> last,
            Optional<DeclaredMesh> before,
            Declaration declaration,
            String change,
            ChangeRequest asked) {
        List<String> installed = roots(change);
        return new DeclaredMesh(
                version(last),
                now(),
                declaration.state(),
                declaration.mesh(),
                declaration.attempted(),
                installed.isEmpty() ? before.map(DeclaredMesh::roots).orElse(List.of()) : installed,
                values(declaration.mesh()),
                installed.isEmpty() ? before.map(DeclaredMesh::trust).orElse(null) : source,
                change,
                asked.kind().inWords(),
                asked.requester(),
                declaration.note());
    }

    /** Declares a mesh that was read from its clusters. */
    @Transactional
    public DeclaredMesh takenOver(Mesh mesh, List<String> roots, String person) {
        Optional<DeclaredMesh> last = meshes.lock(mesh.id());
        DeclaredMesh declared = new DeclaredMesh(
                version(last),
                now(),
                State.TAKEN_OVER,
                mesh,
                null,
                roots,
                values(mesh),
                null,
                null,
                TAKE_OVER,
                person,
                "Read from the clusters, and not verified yet: start verify-mesh.");
        meshes.add(declared);
        return declared;
    }

    private static @Nullable String values(Mesh mesh) {
        String text = mesh.valuesText();
        return text.isEmpty() ? null : text;
    }

    /** As the last step of the change that looked found them in each cluster. */
    private List<String> roots(String change) {
        Map<String, AuditRecord> last = new TreeMap<>();
        changes.of(change, RecordKind.CERTIFICATE).stream()
                .map(ChainedRecord::record)
                .forEach(record -> last.put(String.valueOf(record.cluster()), record));
        return last.values().stream()
                .map(record ->
                        RecordJson.tree(record.data()).path("rootFingerprint").asText())
                .filter(root -> !root.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static int version(Optional<DeclaredMesh> last) {
        return last.map(DeclaredMesh::version).orElse(0) + 1;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
