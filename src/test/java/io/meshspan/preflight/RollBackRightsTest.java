package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.meshspan.finding.Severity;
import io.meshspan.kubernetes.ClusterInMemory;
import io.meshspan.rollback.StateBefore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollBackRightsTest {

    private final StateBefore before = mock(StateBefore.class);
    private final RollBackRights check = new RollBackRights(before);

    @BeforeEach
    void setUp() {
        given(before.namespace()).willReturn("kube-system");
    }

    @Test
    void shouldFindNothingWhereAllIsAllowed() {
        assertThat(CheckFindings.of(check, new ClusterInMemory("cluster1"))).isEmpty();
    }

    @Test
    void shouldWarnOfWhatCouldNotBeUndone() {
        // given
        ClusterInMemory cluster = new ClusterInMemory("cluster1")
                .forbids(access -> access.verb().equals("delete")
                        && (access.resource().equals("deployments")
                                || access.namespace().equals("kube-system")));

        // then
        assertThat(CheckFindings.of(check, cluster)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.expected())
                    .isEqualTo("the rights to delete deployments.apps in istio-system, delete secrets in kube-system");
        });
    }
}
