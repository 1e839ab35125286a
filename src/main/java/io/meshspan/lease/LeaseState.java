package io.meshspan.lease;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** A Lease as it was read, or one that does not exist yet, and the Leases that can follow. No side effects. */
record LeaseState(Lease lease) {

    static LeaseState absent(String namespace, String name) {
        return new LeaseState(new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels("app.kubernetes.io/managed-by", "meshspan")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build());
    }

    /** Empty after its release. */
    Optional<String> holder() {
        return Optional.ofNullable(lease.getSpec())
                .map(LeaseSpec::getHolderIdentity)
                .filter(identity -> !identity.isBlank());
    }

    boolean heldBy(Holder holder) {
        return holder().filter(holder.toString()::equals).isPresent();
    }

    /** How long it is valid after each renewal; empty if it has no times, so it has ended. */
    Optional<Duration> duration() {
        LeaseSpec spec = lease.getSpec();
        return spec.getRenewTime() == null || spec.getLeaseDurationSeconds() == null
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(spec.getLeaseDurationSeconds()));
    }

    /** The fields that its holder changes with each renewal. */
    String written() {
        LeaseSpec spec = lease.getSpec();
        return "%s %s %s".formatted(spec.getHolderIdentity(), spec.getRenewTime(), spec.getLeaseTransitions());
    }

    /** Keeps the resourceVersion that was read, so the first writer wins. */
    Lease takenBy(Holder holder, Instant now, Duration duration) {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        boolean renewed = heldBy(holder);
        Integer before = lease.getSpec().getLeaseTransitions();
        int transitions = before == null ? 0 : before;
        return new LeaseBuilder(lease)
                .editOrNewSpec()
                .withHolderIdentity(holder.toString())
                .withLeaseDurationSeconds(Math.toIntExact(duration.toSeconds()))
                .withAcquireTime(renewed ? lease.getSpec().getAcquireTime() : time)
                .withRenewTime(time)
                .withLeaseTransitions(renewed ? transitions : transitions + 1)
                .endSpec()
                .build();
    }

    /** Released as Kubernetes' own components do it: the object stays, without a holder. */
    Lease released() {
        return new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity("")
                .withLeaseDurationSeconds(1)
                .endSpec()
                .build();
    }
}
