package io.meshspan.process.change;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.meshspan.approval.ChangeGates;
import io.meshspan.approval.GateName;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.model.ChangeId;
import io.meshspan.engine.model.ChangeKinds;
import io.meshspan.engine.model.JsonVariable;
import io.meshspan.engine.model.LongText;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.mesh.Member;
import io.meshspan.removal.RemovalPlanner;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** For the diagrams: the gates that this change passes, their deciders and their time limits. */
@Component("gates")
public final class Gates {

    private final ChangeGates gates;
    private final ChangeKinds kinds;
    private final RemovalPlanner removals;
    private final ChangePreparation preparation;

    Gates(ChangeGates gates, ChangeKinds kinds, RemovalPlanner removals, ChangePreparation preparation) {
        this.preparation = preparation;
        this.gates = gates;
        this.kinds = kinds;
        this.removals = removals;
    }

    /** In the format of candidate groups. */
    public String deciders(VariableScope change, String gate) {
        return String.join(",", gates.deciders(name(gate), urgent(change)));
    }

    public boolean asksForExposure(VariableScope change) {
        return gates.asks(GateName.EXPOSURE, urgent(change))
                && kinds.of(change).exposesGateways()
                && !MeshVariable.read(change).gateways().isEmpty();
    }

    public boolean asksForAcceptance(VariableScope change) {
        return gates.asks(GateName.ACCEPTANCE, urgent(change));
    }

    /** In the format of a timer's duration. */
    public String answerWithin(String gate) {
        return gates.answerWithin(name(gate)).toString();
    }

    public boolean approvalValid(DelegateExecution change) {
        Instant at = Instant.parse(JsonVariable.read(change, VariableNames.APPROVAL, ApprovalRecord.class)
                .at());
        return gates.valid(at, EngineContext.now())
                && preparation.overtaken(change).isEmpty()
                && !drifted(change);
    }

    /** A removal is compared with the clusters before it starts. Each installing step makes its own comparison. */
    private boolean drifted(DelegateExecution change) {
        return kinds.of(change)
                .removes()
                .map(removal -> removals.drifted(ChangeId.of(change), MeshVariable.read(change), removal))
                .orElse(false);
    }

    /** The clusters whose gateways can be reached from outside after the change, as text for a person. */
    public String exposed(VariableScope change) {
        return LongText.shortened(
                MeshVariable.read(change).gateways().stream().map(Gates::named).collect(Collectors.joining(", ")));
    }

    private static String named(Member member) {
        return "%s (%s)".formatted(member.cluster(), member.network());
    }

    /** Reads the variable of the topmost process, so called processes need no copy. */
    public boolean urgent(VariableScope change) {
        return Boolean.TRUE.equals(ChangeId.variable(change, VariableNames.URGENT));
    }

    private static GateName name(String gate) {
        return GateName.valueOf(gate.toUpperCase(Locale.ROOT));
    }

    /**
     * The part of a recorded decision that other steps use.
     *
     * @param at an ISO 8601 instant
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ApprovalRecord(boolean approved, String by, String at) {}
}
