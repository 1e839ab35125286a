package io.meshspan.schedule;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeriodicTasksTest {

    @Test
    void shouldTellWhoeverWaitsForATaskThatItFailed() {
        PeriodicTasks periodic = new PeriodicTasks();
        try {
            Callable<String> failing = () -> {
                throw new IllegalStateException("the database does not answer");
            };
            Future<String> result = periodic.scheduler("test", 1).submit(failing);

            assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("the database does not answer");
        } finally {
            periodic.destroy();
        }
    }
}
