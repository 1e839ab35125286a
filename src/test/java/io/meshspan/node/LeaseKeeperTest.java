package io.meshspan.node;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.meshspan.audit.ChangeSummary;
import io.meshspan.audit.Changes;
import io.meshspan.lease.ClusterLeases;
import io.meshspan.lease.HeldLeases;
import io.meshspan.lease.Holder;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.MeshId;
import io.meshspan.rollback.StateBefore;
import io.meshspan.schedule.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {

    private static final Holder CHANGE = new Holder(new MeshId("mesh1"), "4711");
    private static final List<ClusterName> CLUSTERS = List.of(new ClusterName("cluster1"));
    private static final int SOON = 20_000;

    private final ClusterLeases leases = mock(ClusterLeases.class);
    private final HeldLeases held = mock(HeldLeases.class);
    private final Changes changes = mock(Changes.class);
    private final StateBefore before = mock(StateBefore.class);
    private final StepsInFlight steps = mock(StepsInFlight.class);
    private final PeriodicTasks periodic = new PeriodicTasks();
    private final LeaseKeeper keeper = new LeaseKeeper(leases, held, changes, before, steps, periodic);

    @BeforeEach
    void oneChangeHoldsACluster() {
        when(leases.renewEvery()).thenReturn(Duration.ofMillis(10));
        when(held.holders()).thenReturn(List.of(CHANGE));
        when(held.of("4711")).thenReturn(CLUSTERS);
        when(steps.settled("4711")).thenReturn(true);
    }

    @Test
    void shouldRenewWhatARunningChangeHolds() {
        when(changes.find("4711")).thenReturn(Optional.of(summary(null)));

        keeper.start();

        verify(leases, timeout(SOON).atLeast(2)).renew(CHANGE, CLUSTERS);
        verify(leases, never()).release(any(), any());
    }

    @Test
    void shouldGiveBackWhatANodeDidNotLiveToGiveBack() {
        when(changes.find("4711")).thenReturn(Optional.of(summary(Instant.now())));

        keeper.start();

        verify(held, timeout(SOON).atLeastOnce()).forget("4711");
        verify(leases, atLeastOnce()).release(CHANGE, CLUSTERS);
        verify(leases, never()).renew(any(), any());
    }

    /** The next change must not meet its late writes. */
    @Test
    void shouldKeepWhatAChangeHeldUntilNothingOfItCanBeWrittenAnyMore() {
        when(changes.find("4711")).thenReturn(Optional.of(summary(Instant.now())));
        when(steps.settled("4711")).thenReturn(false, false, true);

        keeper.start();

        verify(leases, timeout(SOON).atLeastOnce()).release(CHANGE, CLUSTERS);
        verify(leases, times(2)).renew(CHANGE, CLUSTERS);
    }

    /** Of whatever kind, and for whichever change. */
    @Test
    void shouldGoOnRenewingAfterAnExceptionThatNobodyForesaw() {
        when(changes.find("4711")).thenThrow(new IllegalStateException("a bug")).thenReturn(Optional.of(summary(null)));
        when(held.holders()).thenThrow(new IllegalStateException("a bug")).thenReturn(List.of(CHANGE));

        keeper.start();

        verify(leases, timeout(SOON).atLeast(2)).renew(CHANGE, CLUSTERS);
    }

    private static ChangeSummary summary(@Nullable Instant ended) {
        return new ChangeSummary(
                "4711", "mesh1", "-", null, null, List.of(), Instant.now(), ended, null, 1, "", null, false, null);
    }

    @AfterEach
    void close() {
        periodic.destroy();
    }
}
