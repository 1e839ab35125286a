package io.meshspan.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Which gates a change passes and who keeps them. An urgent change passes one gate only: the plan's, by another person. */
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

    /** The groups of which one member decides, in the order of their names. */
    public Set<String> deciders(GateName gate, boolean urgent) {
        return new TreeSet<>(urgent ? emergency.deciders() : gates.of(gate).deciders());
    }

    /** Every group that some gate asks. */
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

    /** Whether the plan's approval is still young enough to begin with the first cluster. */
    public boolean valid(Instant approvedAt, Instant now) {
        return !now.isAfter(approvedAt.plus(gates.plan().validFor()));
    }

    /** @throws ApprovalRefused if the person may not ask for an urgent change, with who may */
    public void checkUrgent(Person requester) {
        if (!mayBeUrgent(requester)) {
            throw new ApprovalRefused("%s cannot ask for an urgent change; %s can. Ask for an ordinary one"
                    .formatted(requester.id(), whoCan()));
        }
    }

    /** Whether the configuration names this person, or a group of theirs, as one who may ask for an urgent change. */
    public boolean mayBeUrgent(Person requester) {
        return emergency.requesters().contains(requester.id()) || requester.inOneOf(Set.copyOf(emergency.requesters()));
    }

    private String whoCan() {
        return emergency.requesters().isEmpty() ? "nobody" : String.join(" or ", emergency.requesters());
    }
}
