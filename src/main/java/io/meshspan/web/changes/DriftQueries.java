package io.meshspan.web.changes;

import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.drift.DriftRecords;
import io.meshspan.finding.TransientException;
import io.meshspan.process.drift.DriftWatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** The last check of each declared mesh for drift, and a check that an operator asks for. */
@Component
class DriftQueries {

    /** As long as a browser and proxies wait; the check goes on after that. */
    private static final int SECONDS_TO_ANSWER = 50;

    private final DeclaredMeshes meshes;
    private final DriftRecords records;
    private final DriftWatch watch;

    DriftQueries(DeclaredMeshes meshes, DriftRecords records, DriftWatch watch) {
        this.meshes = meshes;
        this.records = records;
        this.watch = watch;
    }

    /** @throws NoSuchMesh if it was never declared */
    DriftView of(String mesh) {
        if (meshes.find(mesh).isEmpty()) {
            throw new NoSuchMesh(mesh);
        }
        return DriftView.of(
                mesh,
                records.find(mesh),
                records.settled(mesh),
                watch.openChange(mesh).orElse(null));
    }

    /** @throws NothingToDecide if the mesh cannot be compared now */
    DriftView check(String mesh, Reader reader) {
        if (!reader.starts()) {
            throw new AccessDeniedException("the role of this user does not include checking a mesh");
        }
        DeclaredMesh declared = meshes.find(mesh).filter(DeclaredMesh::isThere).orElseThrow(() -> new NoSuchMesh(mesh));
        try {
            if (watch.ask(mesh).get(SECONDS_TO_ANSWER, TimeUnit.SECONDS).isEmpty()) {
                throw new NothingToDecide(
                        declared.state() == DeclaredMesh.State.TAKEN_OVER
                                ? "This mesh was only taken over. Verify or install it first: until then nothing says how it should be"
                                : "A change works on this mesh. It is checked when that has ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientException("The service stops");
        } catch (TimeoutException e) {
            throw new TransientException("The check takes longer than %d seconds. It goes on: read its result later"
                    .formatted(SECONDS_TO_ANSWER));
        } catch (ExecutionException e) {
            throw new TransientException("The check failed; the log of the service says more");
        }
        return of(mesh);
    }
}
