package io.meshspan.process.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.web.ServerProperties;

class NodeTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void shouldBeKnownByItsConfiguredId() {
        assertThat(new NodeId(new NodeProperties("eu-1", LONG), new ServerProperties()))
                .hasToString("eu-1");
    }

    @Test
    void shouldBeToldApartByItsPortOnOneHost() {
        ServerProperties other = new ServerProperties();
        other.setPort(8081);

        assertThat(new NodeId(new NodeProperties(null, LONG), new ServerProperties()).toString())
                .endsWith(":8080");
        assertThat(new NodeId(new NodeProperties(null, LONG), other).toString()).endsWith(":8081");
    }

    @Test
    void shouldGiveFourSignsOfLifeBeforeOthersTakeOver() {
        assertThat(new NodeProperties(null, LONG).signEvery()).hasSeconds(10);
    }

    @Test
    void shouldNotRunAJobThatRunsAlready() {
        RunningJobs jobs = new RunningJobs();
        List<String> ran = new ArrayList<>();

        JobFailureCollector job = new JobFailureCollector("1");
        jobs.run(job, () -> {
            jobs.run(new JobFailureCollector("1"), () -> ran.add("twice"));
            ran.add(String.join(",", jobs.ids()));
        });

        assertThat(ran).containsExactly("1");
        assertThat(jobs.ids()).isEmpty();
    }
}
