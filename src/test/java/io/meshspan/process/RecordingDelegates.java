package io.meshspan.process;

import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.RemovalVariable;
import io.meshspan.mesh.ClusterName;
import io.meshspan.process.change.ChosenWave;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** Stands in for every bean that the diagrams name, and remembers in which order the delegates were called. */
final class RecordingDelegates {

    private final Map<Object, Object> beans = new HashMap<>();
    private final StubGates gates = new StubGates();
    private final StubCertificateRequests requests = new StubCertificateRequests();
    private final Set<ClusterName> leftOut = new HashSet<>();
    private final StubWrittenObjects written = new StubWrittenObjects();
    private final Map<String, Deque<JavaDelegate>> parts = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    RecordingDelegates() {
        beans.put("members", new MeshVariable(change -> Set.copyOf(leftOut)));
        beans.put("removalAsked", new RemovalVariable());
        beans.put("kindUse", new StubCrdUses());
        beans.put("waits", new StubWaits());
        beans.put("certificateRequests", requests);
        beans.put("gates", gates);
        beans.put("written", written);
        beans.put("chosenWave", new ChosenWave());
        Beans.ofType(JavaDelegate.class).forEach(name -> beans.put(name, (JavaDelegate) e -> call(name, e)));
    }

    Map<Object, Object> beans() {
        return beans;
    }

    StubGates gates() {
        return gates;
    }

    Set<ClusterName> leftOut() {
        return leftOut;
    }

    StubCertificateRequests requests() {
        return requests;
    }

    StubWrittenObjects written() {
        return written;
    }

    void forget() {
        gates.reset();
        written.reset(false);
        requests.reset(false);
        leftOut.clear();
        parts.clear();
        calls.clear();
        play("acquireLeasesDelegate", StubDelegates.sets(Map.of("clustersHeld", true)));
    }

    /** What the delegate does at its first call, its second, and so on; the last behaviour stays. */
    void play(String delegate, JavaDelegate... behaviours) {
        parts.put(delegate, new ArrayDeque<>(Arrays.asList(behaviours)));
    }

    /** For example {@code installGateway cluster2}. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    private void call(String name, DelegateExecution execution) throws Exception {
        String cluster = Objects.toString(execution.getVariable("cluster"), "");
        calls.add((name.replace("Delegate", "") + " " + cluster).strip());
        Deque<JavaDelegate> part = parts.getOrDefault(name, new ArrayDeque<>());
        JavaDelegate behaviour = part.size() > 1 ? part.poll() : part.peek();
        if (behaviour != null) {
            behaviour.execute(execution);
        }
    }
}
