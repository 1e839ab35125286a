package io.meshspan.process.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.meshspan.condition.AwaitedCondition;
import io.meshspan.condition.Conditions;
import io.meshspan.engine.model.MeshVariable;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.finding.TransientException;
import java.time.Duration;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class DescribeWaitDelegateTest {

    private final AwaitedCondition awaited = mock(AwaitedCondition.class);
    private final Conditions conditions = mock(Conditions.class);
    private final ExecutionEntity wait = mock(ExecutionEntity.class, RETURNS_DEEP_STUBS);

    @Test
    void shouldSayHowMuchIsLeftAndWhichClusterDoesNotAnswer() {
        given(conditions.named(any())).willReturn(awaited);
        given(awaited.limit()).willReturn(Duration.ofSeconds(60));
        given(awaited.missing(any())).willReturn("not yet");
        given(awaited.advice()).willReturn("Look at istiod's log");
        given(awaited.reasons(any(), any()))
                .willThrow(new TransientException("cluster7, GET /pods: connection refused. See whether it runs."));
        given(wait.getVariable(any())).willReturn(null);
        given(wait.getVariable(VariableNames.WAITING_FOR)).willReturn("control planes in sync");
        given(wait.getVariable(VariableNames.WAIT_MISSING)).willReturn(98);
        given(wait.getProcessInstance().getSuperExecution()).willReturn(null);

        new DescribeWaitDelegate(conditions, mock(Watches.class), mock(MeshVariable.class)).execute(wait);

        ArgumentCaptor<Object> text = ArgumentCaptor.forClass(Object.class);
        verify(wait).setVariable(eq(VariableNames.FAILURE_TEXT), text.capture());
        assertThat(String.valueOf(text.getValue())).isEqualTo("""
                        mesh, control planes in sync: expected within 60 s, or longer while fewer and fewer are missing,\
                         found not yet: 98 missing, and no fewer for 60 s. Look at istiod's log; then try again,\
                         which waits as long again, or stop.
                        cluster7, GET /pods: connection refused. See whether it runs.""");
    }
}
