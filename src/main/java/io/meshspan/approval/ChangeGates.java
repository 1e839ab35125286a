package io.meshspan.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** The gates of a change and their deciders. An urgent change has only one gate: another person approves the plan. */
@Component
public final class ChangeGates {

    private final GateProperties gates;
    private final EmergencyProperties emergency;

    ChangeGates(GateProperties gates, EmergencyProperties emergency) {
        this.gates = gates;
        this.emergency = emergency;
    }

    public boolean asks(GateName gate, boolean urgent) {
        return gate == GateName.PLAN || (!urgent && gates.of(gate).enabled());
    }

    /** The groups whose members may decide, sorted by name. */
    public Set<String> deciders(GateName gate, boolean urgent) {
        return new TreeSet<>(urgent ? emergency.deciders() : gates.of(gate).deciders());
    }

    /** The deciders of all gates. */
    public Set<String> allDeciders() {
        Set<String> all = new TreeSet<>(emergency.deciders());
        for (GateName gate : GateName.values()) {
            all.addAll(gates.of(gate).deciders());
        }
        return all;
    }

    /** How long a question stays open. */
    public Duration answerWithin(GateName gate) {
        return gates.of(gate).answerWithin();
    }

    /** Whether the plan's approval is recent enough to start with the first cluster. */
    public boolean valid(Instant approvedAt, Instant now) {
        return !now.isAfter(approvedAt.plus(gates.plan().validFor()));
    }

    /** @throws ApprovalRefused if the person may not ask for an urgent change; says who may */
    public void checkUrgent(Person requester) {
        if (!mayBeUrgent(requester)) {
            throw new ApprovalRefused("%s cannot ask for an urgent change; %s can. Ask for an ordinary one"
                    .formatted(requester.id(), whoCan()));
        }
    }

    /** Whether the configuration allows this person, or one of their groups, to ask for an urgent change. */
    public boolean mayBeUrgent(Person requester) {
        return emergency.requesters().contains(requester.id()) || requester.inOneOf(Set.copyOf(emergency.requesters()));
    }

    private String whoCan() {
        return emergency.requesters().isEmpty() ? "nobody" : String.join(" or ", emergency.requesters());
    }
}
