package io.meshspan.process.expiry;

import io.meshspan.audit.Changes;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.expiry.ExpiringCredential;
import io.meshspan.expiry.WatchedCredential;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.process.expiry.ExpiryWatch.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Check expiry: reads when the credential ends now, and whether somebody has to be asked. */
@Component
final class CheckExpiryDelegate implements JavaDelegate {

    /** The change that renews it; empty if there is none. */
    static final String RENEWAL = "renewalChange";

    static final String DAYS = "daysAhead";
    static final String END = "endsAt";

    /** The clusters whose credentials the renewal replaces; empty for all. */
    static final String WHERE = "endsIn";

    private static final String STATE = "expiryState";
    private static final String FOUND = "found";
    private static final String NONE = "none";

    /** A change works on the mesh, or a cluster did not answer: the check is repeated later. */
    private static final String UNKNOWN = "unknown";

    private final ObjectProvider<ExpiryWatch> watch;
    private final DeclaredMeshes meshes;
    private final Changes changes;
    private final ChangeRecord record;

    CheckExpiryDelegate(
            ObjectProvider<ExpiryWatch> watch, DeclaredMeshes meshes, Changes changes, ChangeRecord record) {
        this.watch = watch;
        this.meshes = meshes;
        this.changes = changes;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Optional<DeclaredMesh> declared =
                meshes.find(execution.getProcessBusinessKey()).filter(DeclaredMesh::isThere);
        if (declared.isEmpty()) {
            execution.setVariable(STATE, NONE);
            record.noted(execution, "credentials", "NONE", "The mesh is not declared any more.");
        } else if (isBeingRenewed(execution)) {
            execution.setVariable(STATE, UNKNOWN);
        } else {
            check(execution, declared.get());
        }
    }

    private boolean isBeingRenewed(DelegateExecution execution) {
        return changes.find(Objects.toString(execution.getVariable(RENEWAL), "")).stream()
                .anyMatch(renewal -> renewal.ended() == null);
    }

    private void check(DelegateExecution execution, DeclaredMesh declared) {
        MeshVariable.write(execution, declared.mesh());
        WatchedCredential kind =
                WatchedCredential.valueOf(String.valueOf(execution.getVariable(ExpiryWatch.CREDENTIAL)));
        Instant now = EngineContext.now();
        Due due = watch.getObject().due(declared, kind, now);
        due.credential()
                .ifPresentOrElse(
                        credential -> {
                            execution.setVariable(ExpiryWatch.SHOWN, LongText.shortened(due.digest()));
                            show(execution, credential, due.days(), now);
                            execution.setVariable(WHERE, toRotate(declared.mesh(), credential));
                        },
                        () -> execution.setVariable(STATE, due.complete() ? NONE : UNKNOWN));
    }

    /** All clusters where they have to end together, as bound tokens do. */
    private static String toRotate(Mesh mesh, ExpiringCredential credential) {
        boolean all = credential.credential() == WatchedCredential.ROOT
                || (credential.credential() == WatchedCredential.REMOTE_TOKENS
                        && mesh.boundTokens().isPresent());
        return all ? "" : String.join(",", credential.clusters());
    }

    private void show(DelegateExecution execution, ExpiringCredential credential, int days, Instant now) {
        long left = Duration.between(now, credential.first()).toDays();
        String summary = left < 0
                ? "the %s have ended".formatted(credential.credential().inWords())
                : "the %s end in %d days".formatted(credential.credential().inWords(), left);
        execution.setVariable(STATE, FOUND);
        execution.setVariable(DAYS, days);
        execution.setVariable(END, credential.first().toString());
        execution.setVariable("mayRotate", credential.credential().process().isPresent());
        execution.setVariable(VariableNames.RENEWAL_SUMMARY, summary);
        LongText.write(
                execution,
                "renewal",
                "## %s: %s\n\n%s\n\n%s"
                        .formatted(
                                execution.getProcessBusinessKey(),
                                summary,
                                credential.text(),
                                credential
                                        .credential()
                                        .process()
                                        .map(process ->
                                                "\"Renew\" requests `%s` in your name; it has its own plan, and another person approves it."
                                                        .formatted(process))
                                        .orElse("Whoever made these Secrets renews them; Meshspan does not.")));
        record.noted(execution, "credentials", "FOUND", summary + "\n" + credential.text());
    }
}
