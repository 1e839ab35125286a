package io.meshspan.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.node.NodeId;
import io.meshspan.node.NodeProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.web.ServerProperties;

class NodeTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void shouldBeKnownByItsConfiguredId() {
        assertThat(new NodeId(new NodeProperties("eu-1", LONG, LONG), new ServerProperties()))
                .hasToString("eu-1");
    }

    @Test
    void shouldBeToldApartByItsPortOnOneHost() {
        ServerProperties other = new ServerProperties();
        other.setPort(8081);

        assertThat(new NodeId(new NodeProperties(null, LONG, LONG), new ServerProperties()).toString())
                .endsWith(":8080");
        assertThat(new NodeId(new NodeProperties(null, LONG, LONG), other).toString())
                .endsWith(":8081");
    }

    @Test
    void shouldGiveFourSignsOfLifeBeforeOthersTakeOver() {
        assertThat(new NodeProperties(null, LONG, LONG).signEvery()).hasSeconds(10);
    }
}
