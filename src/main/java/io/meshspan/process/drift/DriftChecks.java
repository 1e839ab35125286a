package io.meshspan.process.drift;

import io.meshspan.declared.DeclaredMesh;
import io.meshspan.declared.DeclaredMeshes;
import io.meshspan.drift.DriftProperties;
import io.meshspan.drift.DriftRecords;
import io.meshspan.drift.DriftRecords.LastCheck;
import io.meshspan.drift.DriftReport;
import io.meshspan.drift.DriftScan;
import io.meshspan.finding.SanitizedException;
import io.meshspan.lease.HeldLeases;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;

/** Checks one declared mesh and stores the result. Skips a mesh that a change is writing to. */
@Component
public class DriftChecks {

    private static final Logger LOG = LoggerFactory.getLogger(DriftChecks.class);

    private final DeclaredMeshes meshes;
    private final DriftScan scan;
    private final DriftRecords records;
    private final DriftProperties properties;
    private final HeldLeases leases;
    private final ThreadPoolTaskScheduler reader;

    DriftChecks(
            DeclaredMeshes meshes,
            DriftScan scan,
            DriftRecords records,
            DriftProperties properties,
            HeldLeases leases,
            PeriodicTasks periodic) {
        this.meshes = meshes;
        this.scan = scan;
        this.records = records;
        this.properties = properties;
        this.leases = leases;
        this.reader = periodic.scheduler("drift-reader", 2);
    }

    /** @return empty if the mesh is not declared, if a change works on it, or if it was never verified here */
    Optional<LastCheck> check(String mesh) {
        return meshes.find(mesh)
                .filter(DriftChecks::isComparable)
                .filter(there -> !isBusy(mesh))
                .map(this::check);
    }

    Optional<LastCheck> last(String mesh) {
        return records.find(mesh);
    }

    /** A mesh that was only taken over has no verified declaration yet. */
    static boolean isComparable(DeclaredMesh declared) {
        return declared.isThere() && declared.state() != DeclaredMesh.State.TAKEN_OVER;
    }

    /** Whether a change may write to its clusters now. */
    boolean isBusy(String mesh) {
        return leases.holders().stream()
                .anyMatch(holder -> holder.mesh().value().equals(mesh));
    }

    private LastCheck check(DeclaredMesh declared) {
        String mesh = declared.mesh().id().value();
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Future<DriftReport> reading = reader.submit(() -> scan.of(declared, start));
        try {
            DriftReport report = reading.get(properties.within().toMillis(), TimeUnit.MILLISECONDS);
            LastCheck check = records.keep(report, since(start));
            LOG.info("{}: drift {}, checked in {}", mesh, check.open().summary(), check.took());
            return check;
        } catch (TimeoutException e) {
            reading.cancel(true);
            return failed(
                    declared, start, "It took longer than meshspan.drift.within, %s.".formatted(properties.within()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(declared, start, "The service stopped.");
        } catch (ExecutionException e) {
            LOG.warn("{}: the drift check failed", mesh, new SanitizedException(e));
            return failed(declared, start, "The check failed; the log of the service says more.");
        }
    }

    private LastCheck failed(DeclaredMesh declared, Instant start, String problem) {
        String mesh = declared.mesh().id().value();
        records.failed(mesh, declared.version(), start, since(start), problem);
        return records.find(mesh).orElseThrow();
    }

    private static Duration since(Instant start) {
        return Duration.between(start, Instant.now());
    }
}
