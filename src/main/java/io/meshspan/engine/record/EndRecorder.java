package io.meshspan.engine.record;

import static java.util.stream.Collectors.joining;

import io.meshspan.audit.AuditLog;
import io.meshspan.audit.RecordKind;
import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.MeshDeclarations;
import io.meshspan.plan.ExcludedClustersText;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Records how a change ended, or who deleted it and why, and what is declared of the mesh from then on. */
final class EndRecorder implements ExecutionListener {

    private final ObjectProvider<AuditLog> audit;
    private final ObjectProvider<ExcludedClustersText> leftOut;
    private final ObjectProvider<MeshDeclarations> declarations;

    EndRecorder(
            ObjectProvider<AuditLog> audit,
            ObjectProvider<ExcludedClustersText> leftOut,
            ObjectProvider<MeshDeclarations> declarations) {
        this.audit = audit;
        this.leftOut = leftOut;
        this.declarations = declarations;
    }

    @Override
    public void notify(DelegateExecution execution) {
        boolean called = execution.getSuperExecution() != null;
        if (!called) {
            String change = execution.getProcessInstanceId();
            String name = execution.isCanceled() ? cancelled(execution) : EndEventListener.of(execution);
            String end = name + leftOut.getObject().brief(change);
            String detail = detail((ExecutionEntity) execution, change);
            declarations.getObject().ended(change, end).ifPresent(declared -> declared(execution, end, declared));
            audit.getObject()
                    .write(ExecutionRecord.of(
                            RecordKind.ENDED,
                            execution,
                            end,
                            execution.isCanceled() ? ExecutionRecord.actor() : null,
                            "change",
                            end,
                            detail,
                            null));
        }
    }

    private static String cancelled(DelegateExecution change) {
        return Withdrawals.is(change) ? Withdrawals.OUTCOME : "Deleted";
    }

    private void declared(DelegateExecution execution, String end, DeclaredMesh declared) {
        audit.getObject()
                .write(ExecutionRecord.of(
                        RecordKind.NOTE,
                        execution,
                        end,
                        null,
                        "mesh as declared",
                        declared.state().name(),
                        "Version %d of the declared mesh is %s. %s"
                                .formatted(declared.version(), declared.state().inWords(), declared.note())
                                .strip(),
                        null));
    }

    /** Why it was deleted, and which clusters it excluded. */
    private @Nullable String detail(ExecutionEntity change, String id) {
        String lines = leftOut.getObject().lines(id);
        String reason = change.getDeleteReason();
        return lines.isEmpty()
                ? reason
                : Stream.of(reason, lines).filter(Objects::nonNull).collect(joining("\n"));
    }
}
