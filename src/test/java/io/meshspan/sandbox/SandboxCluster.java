package io.meshspan.sandbox;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One stand-in cluster: its name, the network its wires belong to, and the levers by which a test or a demo steers it,
 * before it starts and while it runs. A fabric8 client repeats a request by itself when it gets a 5xx or 429, ten times
 * by default: a test that wants to see the fault counts that in, or uses {@link #silence}.
 */
public final class SandboxCluster {

    private record Fault(Predicate<Call> which, AtomicInteger left, int status) {}

    private final String name;
    private final String network;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<Predicate<Call>> denied = new CopyOnWriteArrayList<>();
    private final SilentApiServer silentApiServer = new SilentApiServer();
    private volatile Duration addressDelay = Duration.ofMillis(300);
    private volatile AddressKind addressKind = AddressKind.IP;
    private volatile Duration podDelay = Duration.ofMillis(200);
    private volatile String podRefusal = "";
    private volatile String podHindrance = "";
    private volatile Duration clock = Duration.ZERO;
    private volatile Duration longestToken = Duration.ofDays(3650);
    private volatile String kubernetes = "v1.35.4";
    private volatile Runnable moved = () -> {};
    private volatile Consumer<Call> heard = call -> {};

    private SandboxCluster(String name, String network) {
        this.name = name;
        this.network = network;
    }

    /** @param network the wires: pods of two clusters reach each other directly only if this is the same */
    public static SandboxCluster named(String name, String network) {
        return new SandboxCluster(name, network);
    }

    /** How long a load balancer waits for its address; 300 ms unless told. */
    public SandboxCluster addressDelay(Duration delay) {
        addressDelay = delay;
        moved.run();
        return this;
    }

    public SandboxCluster addressKind(AddressKind kind) {
        addressKind = kind;
        moved.run();
        return this;
    }

    /** How long a pod takes from its creation to ready; 200 ms unless told. */
    public SandboxCluster podDelay(Duration delay) {
        podDelay = delay;
        moved.run();
        return this;
    }

    /** From now on its admission refuses every pod with these words, as PodSecurity and policies do; none lets them in. */
    public SandboxCluster refusePods(String words) {
        podRefusal = words;
        moved.run();
        return this;
    }

    /** From now on the containers of new pods wait for this reason, {@code ImagePullBackOff} for example; none lets them run. */
    public SandboxCluster hinderPods(String reason) {
        podHindrance = reason;
        moved.run();
        return this;
    }

    /** The longest time for which its API server issues bound tokens, as its flag service-account-max-token-expiration says. */
    public SandboxCluster longestToken(Duration longest) {
        longestToken = longest;
        return this;
    }

    Duration longestToken() {
        return longestToken;
    }

    /** How far the API server's clock is ahead of the right time. */
    public SandboxCluster clock(Duration ahead) {
        clock = ahead;
        return this;
    }

    /** The version that the API server tells, for example {@code v1.35.4}. */
    public SandboxCluster kubernetes(String version) {
        kubernetes = version;
        return this;
    }

    /** The next so many calls on resources are answered with this status, 503 for example; nothing is written. */
    public SandboxCluster failNext(int count, int status) {
        return failNext(call -> true, count, status);
    }

    public SandboxCluster failNext(Predicate<Call> which, int count, int status) {
        faults.add(new Fault(which, new AtomicInteger(count), status));
        return this;
    }

    /** From now on answers 403; a resource with its subresource is written {@code pods/exec}, whose verb is create. */
    public SandboxCluster deny(String verb, String resource) {
        denied.add(call -> call.verb().equals(verb) && call.resource().equals(resource));
        return this;
    }

    /** Takes every {@link #deny} and what is left of every {@link #failNext} back. */
    public SandboxCluster allowAll() {
        denied.clear();
        faults.clear();
        return this;
    }

    /** From now on the API server neither answers nor refuses, and its controllers rest, for so long. */
    public SandboxCluster silence(Duration duration) {
        silentApiServer.begin(duration);
        return this;
    }

    /** Hears each call on a resource before it is answered, and holds it up meanwhile. */
    public SandboxCluster hear(Consumer<Call> listener) {
        heard = listener;
        return this;
    }

    public String name() {
        return name;
    }

    public String network() {
        return network;
    }

    void whenMoved(Runnable wake) {
        moved = wake;
    }

    Duration addressDelay() {
        return addressDelay;
    }

    AddressKind addressKind() {
        return addressKind;
    }

    Duration podDelay() {
        return podDelay;
    }

    String podRefusal() {
        return podRefusal;
    }

    String podHindrance() {
        return podHindrance;
    }

    SilentApiServer silence() {
        return silentApiServer;
    }

    String kubernetes() {
        return kubernetes;
    }

    /** As the header {@code Date} has it. */
    String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(clock));
    }

    /** Whether nothing at all is denied, which is what asking for the verb {@code *} asks. */
    boolean allowsAll() {
        return denied.isEmpty();
    }

    boolean allows(Call call) {
        return denied.stream().noneMatch(rule -> rule.test(call));
    }

    /** @throws StatusBody if a passing fault is due */
    void passOrFail(Call call) {
        heard.accept(call);
        for (Fault fault : faults) {
            if (fault.which().test(call) && fault.left().getAndDecrement() > 0) {
                throw StatusBody.passing(fault.status());
            }
        }
    }
}
