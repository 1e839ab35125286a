package io.meshspan.process.delegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.beans.Introspector;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class FormerDelegateNamesTest {

    private static final JavaDelegate ANY = execution -> {};

    @Test
    void shouldFindADelegateByTheNameThatARunningChangeHasForIt() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            // given
            context.register(FormerDelegateNames.class);
            FormerDelegateNames.FORMER
                    .keySet()
                    .forEach(name -> context.registerBean(name, JavaDelegate.class, () -> ANY));

            // when
            context.refresh();

            // then
            assertThat(FormerDelegateNames.FORMER.values())
                    .containsExactlyInAnyOrder(
                            "holdClustersDelegate", "giveClusterBackDelegate", "takeBackAccessDelegate")
                    .allSatisfy(former -> assertThat(context.getBean(former)).isSameAs(ANY));
        }
    }

    @Test
    void shouldBeNamesOfDelegatesThatThereAre() {
        assertThat(Stream.of(AcquireLeasesDelegate.class, ReleaseLeaseDelegate.class, RevokeRemoteSecretsDelegate.class)
                        .map(type -> Introspector.decapitalize(type.getSimpleName())))
                .containsExactlyInAnyOrderElementsOf(FormerDelegateNames.FORMER.keySet());
    }
}
