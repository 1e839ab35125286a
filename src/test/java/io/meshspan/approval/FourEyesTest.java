package io.meshspan.approval;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FourEyesTest {

    private static final Person OLIVIA = new Person("olivia", Set.of("operators", "change-managers"));
    private static final Person CARLA = new Person("carla", Set.of("change-managers"));
    private static final Person ADMIN = new Person("admin", Set.of("camunda-admin"));

    private final FourEyes rule = new FourEyes(Optional.of(OLIVIA), Set.of("change-managers"));

    @Test
    void shouldLetAnotherMemberOfTheGroupDecide() {
        assertThatCode(() -> rule.checkDecision(Optional.of(CARLA), Optional.of("carla")))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseTheRequesterEvenAsAMemberOfTheGroup() {
        assertThatThrownBy(() -> rule.checkDecision(Optional.of(OLIVIA), Optional.of("olivia")))
                .isInstanceOf(ApprovalRefused.class)
                .hasMessage("olivia asked for this change and cannot approve it;"
                        + " another member of change-managers must decide");
    }

    /** As a directory may know of them that does not tell capitals apart. */
    @Test
    void shouldKnowTheRequesterInAnySpelling() {
        Person capitals = new Person("Olivia", Set.of("change-managers"));

        assertThatThrownBy(() -> rule.checkDecision(Optional.of(capitals), Optional.of("Olivia")))
                .hasMessageStartingWith("olivia asked for this change and cannot approve it");
    }

    /** As one human has two accounts, at two identity providers or beside one. */
    @Test
    void shouldRefuseWhoeverHasTheRequestersEmail() {
        FourEyes asked = new FourEyes(Optional.of(named("olivia", "O@corp.example", false)), Set.of("change-managers"));

        assertThatThrownBy(() -> asked.checkHolder(named("sso-a", "o@Corp.example ", false)))
                .hasMessage("Name of sso-a has the same email as Name of olivia, who asked for this change, and cannot"
                        + " approve it; another member of change-managers must decide");
        assertThatCode(() -> asked.checkHolder(named("sso-b", "", false))).doesNotThrowAnyException();
        assertThatCode(() -> new FourEyes(Optional.of(named("olivia", "", false)), Set.of("change-managers"))
                        .checkHolder(named("sso-b", "", false)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAServiceAccount() {
        assertThatThrownBy(() -> rule.checkHolder(named("sso-c", "", true)))
                .hasMessage("Name of sso-c is a service account and cannot decide: a member of change-managers must."
                        + " Whoever is a person signs in once in a browser first");
    }

    private static Person named(String id, String email, boolean serviceAccount) {
        return new Person(id, "Name of " + id, email, Set.of("change-managers"), serviceAccount);
    }

    @Test
    void shouldRefuseAnAdministratorWhoIsNotInTheGroup() {
        assertThatThrownBy(() -> rule.checkHolder(ADMIN))
                .hasMessage("admin cannot decide on this change; a member of change-managers must");
    }

    @Test
    void shouldRefuseADecisionOnATaskThatNobodyHolds() {
        assertThatThrownBy(() -> rule.checkDecision(Optional.of(CARLA), Optional.empty()))
                .hasMessage("Claim the task first, then decide");
    }

    @Test
    void shouldRefuseADecisionOnATaskThatSomebodyElseHolds() {
        assertThatThrownBy(() -> rule.checkDecision(Optional.of(CARLA), Optional.of("claus")))
                .hasMessage("claus holds this task; only claus can decide");
    }

    @Test
    void shouldRefuseADecisionOfNobody() {
        assertThatThrownBy(() -> rule.checkDecision(Optional.empty(), Optional.of("carla")))
                .hasMessageContaining("log in as a member of change-managers");
    }

    @Test
    void shouldRefuseEverybodyWhenNobodyIsKnownToHaveAsked() {
        FourEyes anonymous = new FourEyes(Optional.empty(), Set.of("change-managers"));

        assertThatThrownBy(() -> anonymous.checkHolder(CARLA)).hasMessageContaining("nobody can approve it");
    }

    @Test
    void shouldRefuseEverybodyWhenTheTaskNamesNoGroup() {
        FourEyes open = new FourEyes(Optional.of(OLIVIA), Set.of());

        assertThatThrownBy(() -> open.checkHolder(CARLA)).hasMessageContaining("a group that the task does not name");
    }
}
