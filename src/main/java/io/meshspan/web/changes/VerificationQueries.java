package io.meshspan.web.changes;

import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.verification.VerificationHistory;
import io.meshspan.verification.VerificationRun;
import io.meshspan.web.drawing.VerificationChart;
import java.util.List;
import org.springframework.stereotype.Component;

/** The history of verifications of each declared mesh. */
@Component
class VerificationQueries {

    /** As many as a chart shows apart. */
    private static final int IN_THE_CHART = 60;

    private static final int LONGEST_ID = 18;

    private final DeclaredMeshes meshes;
    private final VerificationHistory history;

    VerificationQueries(DeclaredMeshes meshes, VerificationHistory history) {
        this.meshes = meshes;
        this.history = history;
    }

    /** The newest first. */
    Page<VerificationView> page(String mesh, Page.Asked asked) {
        requireKnown(mesh);
        long before = Long.MAX_VALUE;
        if (!asked.after().isEmpty()) {
            if (!isId(asked.after())) {
                throw asked.unknown();
            }
            before = Long.parseLong(asked.after());
        }
        List<VerificationView> found = history.newest(mesh, before, asked.limit() + 1).stream()
                .map(VerificationView::of)
                .toList();
        boolean more = found.size() > asked.limit();
        List<VerificationView> part = more ? found.subList(0, asked.limit()) : found;
        return Page.until(part, more ? part.get(part.size() - 1).id() : null);
    }

    /** @throws NoSuchVerification if the history does not have it, or no longer */
    VerificationView.WithPairs one(String mesh, String id) {
        requireKnown(mesh);
        if (!isId(id)) {
            throw new NoSuchVerification(mesh, id);
        }
        return history.find(mesh, Long.parseLong(id))
                .map(VerificationView::withPairs)
                .orElseThrow(() -> new NoSuchVerification(mesh, id));
    }

    String svg(String mesh) {
        requireKnown(mesh);
        List<VerificationRun> runs = history.newestWithPairs(mesh, IN_THE_CHART);
        return VerificationChart.of(runs);
    }

    /** The history of a mesh has no such verification. */
    static final class NoSuchVerification extends RuntimeException {

        NoSuchVerification(String mesh, String id) {
            super("No verification %s of mesh %s is known; GET /api/v1/meshes/%s/verifications lists the newest ones"
                    .formatted(id, mesh, mesh));
        }
    }

    private void requireKnown(String mesh) {
        if (meshes.find(mesh).isEmpty()) {
            throw new NoSuchMesh(mesh);
        }
    }

    private static boolean isId(String id) {
        return id.length() <= LONGEST_ID && !id.isEmpty() && id.chars().allMatch(each -> each >= '0' && each <= '9');
    }
}
