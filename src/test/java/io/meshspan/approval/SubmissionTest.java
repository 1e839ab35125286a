package io.meshspan.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubmissionTest {

    private static final Set<String> FIELDS = Set.of("approved", "comment");

    @Test
    void shouldAcceptADecisionWithItsComment() {
        Submission submission = new Submission(
                Map.of("plan", "p", "approved", false), Map.of("plan", "p", "approved", true, "comment", "fine"));

        assertThatCode(() -> submission.checkWritesOnly(FIELDS)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseARewrittenPlanAndAnAddedVariable() {
        Submission submission = new Submission(Map.of("plan", "p"), Map.of("plan", "q", "approval", "me"));

        assertThatThrownBy(() -> submission.checkWritesOnly(FIELDS))
                .isInstanceOf(InvalidDecision.class)
                .hasMessage("A decision consists of approved and comment only; this one also writes approval, plan");
        assertThatThrownBy(() -> submission.checkWritesOnly(Set.of("wave", "percent", "decision")))
                .hasMessageContaining("consists of decision, percent and wave only");
    }

    @Test
    void shouldNeedAReasonForARejectionOnly() {
        Instant now = Instant.EPOCH;

        assertThatCode(() -> new Approval(true, "carla", now, "", Optional.empty()))
                .doesNotThrowAnyException();
        assertThat(Stream.of(
                        "",
                        " ",
                        "\u00A0\u3000",
                        "\u200B",
                        "\u2060\uFEFF",
                        "\u2800",
                        "\u3164",
                        "\u00AD\uFE0F",
                        "\u034F"))
                .allSatisfy(nothing -> assertThatThrownBy(
                                () -> new Approval(false, "carla", now, nothing, Optional.empty()))
                        .hasMessage("Say in the comment why you reject this change"));
        assertThat(Stream.of("nein", ".", "\u4E0D", "\uD83D\uDC4E\uFE0F"))
                .allSatisfy(words -> assertThatCode(() -> new Approval(false, "carla", now, words, Optional.empty()))
                        .doesNotThrowAnyException());
        assertThatThrownBy(() -> new Approval(true, "carla", now, "x".repeat(2001), Optional.empty()))
                .hasMessage("The comment has 2001 characters; at most 2000 are kept");
    }
}
