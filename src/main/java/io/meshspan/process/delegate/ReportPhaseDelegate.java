package io.meshspan.process.delegate;

import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.Mesh;
import io.meshspan.process.change.ApprovedMesh;
import io.meshspan.process.change.ChangeRecord;
import io.meshspan.rotation.RootPhases;
import io.meshspan.trust.RootPhase;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Report phase: what the person who decides about the next one reads. Changes nothing. */
@Component
final class ReportPhaseDelegate implements JavaDelegate {

    private static final int MOST_SHOWN = 20;

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    private final RootPhases phases;
    private final ApprovedMesh approved;
    private final ChangeRecord record;
    private final DeclaredMeshes meshes;

    ReportPhaseDelegate(RootPhases phases, ApprovedMesh approved, ChangeRecord record, DeclaredMeshes meshes) {
        this.meshes = meshes;
        this.phases = phases;
        this.approved = approved;
        this.record = record;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Mesh mesh = approved.read(execution);
        RootPhase phase = BeginPhaseDelegate.phase(execution);
        Instant since = Instant.parse(String.valueOf(execution.getVariable(RecordRootsDelegate.SINCE)));
        List<String> old = phase.renewsWorkloads() ? phases.notRenewed(mesh, since, EngineContext.now()) : List.of();
        String text = "Phase %d of %d is done: %s. Calls across clusters were verified.\n\n%s\n\n%s"
                .formatted(
                        phase.number(),
                        RootPhase.values().length,
                        phase.inWords(),
                        marked(
                                phases.rootsInPlace(mesh),
                                meshes.find(mesh.id().value())
                                        .map(DeclaredMesh::roots)
                                        .orElse(List.of())),
                        renewed(phase, since, old));
        execution.setVariable("proxiesRenewed", old.isEmpty());
        execution.setVariable(
                VariableNames.FAILURE_TEXT,
                "Stopped after phase %d of %d: %s"
                        .formatted(phase.number(), RootPhase.values().length, phase.inWords()));
        LongText.write(execution, "phaseText", text);
        record.noted(
                execution,
                "proxies of phase %d".formatted(phase.number()),
                old.isEmpty() ? "RENEWED" : "NOT_RENEWED",
                old.isEmpty() ? "None has a certificate of an earlier phase" : shown(old, "\n"));
    }

    /** With a word on each fingerprint: people know the root by its place in the change. */
    static String marked(String inPlace, List<String> before) {
        return FINGERPRINT
                .matcher(inPlace.replace("\n", "\n\n"))
                .replaceAll(found -> "`%s`%s".formatted(found.group(), whose(found.group(), before)));
    }

    /** A change of the root that was stopped may leave two in the declaration: then nothing tells which is which. */
    private static String whose(String fingerprint, List<String> before) {
        if (before.size() != 1) {
            return "";
        }
        return before.contains(fingerprint) ? " (the old root)" : " (the new root)";
    }

    private static String renewed(RootPhase phase, Instant since, List<String> old) {
        if (!phase.renewsWorkloads()) {
            return "Proxies trust the old root until they renew their certificates by themselves, at the latest at %s."
                    .formatted(RootPhases.renewedBy(since));
        }
        return old.isEmpty()
                ? "All proxies have a certificate of this phase."
                : "**These may have an earlier certificate**; their calls would fail in the next phase:\n\n- %s\n\nDelete these pods, so that they start anew, or wait until %s: then all have renewed."
                        .formatted(shown(old, "\n- "), RootPhases.renewedBy(since));
    }

    private static String shown(List<String> old, String between) {
        String some = old.stream().limit(MOST_SHOWN).collect(Collectors.joining(between));
        return old.size() > MOST_SHOWN ? some + between + "and %d more".formatted(old.size() - MOST_SHOWN) : some;
    }
}
