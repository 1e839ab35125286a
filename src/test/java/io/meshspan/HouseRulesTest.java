package io.meshspan;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameContaining;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** The borders between the rooms, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "io.meshspan", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String ENGINE = "io.meshspan.engine..";
    private static final String PROCESS = "io.meshspan.process..";
    private static final String WEB = "io.meshspan.web..";
    private static final String ANY_ROOM = "io.meshspan.*..";

    @ArchTest
    static final ArchRule onlyEngineProcessAndWebKnowCamunda = noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE, PROCESS, WEB)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..");

    /**
     * So that another release of the engine, or a fork of it, is a change of one room. Its interface itself gives out one
     * class of its inside: who is signed in.
     */
    @ArchTest
    static final ArchRule onlyTheRoomEngineKnowsCamundasInside = noClasses()
            .that()
            .resideOutsideOfPackage(ENGINE)
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.camunda.bpm.engine.impl..")
                    .and(DescribedPredicate.not(name("org.camunda.bpm.engine.impl.identity.Authentication"))));

    @ArchTest
    static final ArchRule onlyTheBorderKnowsTheKubernetesClient = noClasses()
            .that()
            .resideOutsideOfPackage("io.meshspan.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.kubernetes.client..");

    @ArchTest
    static final ArchRule onlyTheManifestsKnowHelm = noClasses()
            .that()
            .resideOutsideOfPackage("io.meshspan.manifest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.marcnuri.helm..");

    @ArchTest
    static final ArchRule onlyTrustKnowsHowCertificatesAreMade = noClasses()
            .that()
            .resideOutsideOfPackages("io.meshspan.trust..", "io.meshspan.login..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    /** A client's key comes in several forms. */
    @ArchTest
    static final ArchRule loginsOnlyReadKeys = noClasses()
            .that()
            .resideInAPackage("io.meshspan.login..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.bouncycastle..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(
                            "org.bouncycastle.openssl..", "org.bouncycastle.asn1.pkcs.."))));

    @ArchTest
    static final ArchRule featuresKnowNothingOfProcesses = noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE, PROCESS, WEB)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE, PROCESS, WEB);

    @ArchTest
    static final ArchRule theEngineKnowsNoDelegates = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PROCESS, WEB);

    @ArchTest
    static final ArchRule processesKnowNoPages = noClasses()
            .that()
            .resideInAPackage(PROCESS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(WEB);

    @ArchTest
    static final ArchRule theWishDependsOnNothingButFindings = noClasses()
            .that()
            .resideInAPackage("io.meshspan.mesh..")
            .should()
            .dependOnClassesThat(inARoomOutside("io.meshspan.mesh", "io.meshspan.finding"));

    @ArchTest
    static final ArchRule findingsDependOnNothing = noClasses()
            .that()
            .resideInAPackage("io.meshspan.finding..")
            .should()
            .dependOnClassesThat(inARoomOutside("io.meshspan.finding"));

    /** It starts at once, without Spring and the engine, and asks a running service; evidence it verifies by itself. */
    @ArchTest
    static final ArchRule theCommandLineKnowsOnlyTheInterface = noClasses()
            .that()
            .resideInAPackage("io.meshspan.cli..")
            .should()
            .dependOnClassesThat(inARoomOutside("io.meshspan.cli", "io.meshspan.evidence"))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.camunda..", "io.fabric8..");

    @ArchTest
    static final ArchRule noTwoRoomsNeedEachOther =
            slices().matching("io.meshspan.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noTwoPackagesNeedEachOther =
            slices().matching("io.meshspan.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theEngineWaitsNotTheThread = noClasses()
            .should()
            .callMethodWhere(target(owner(name(Thread.class.getName()).or(name(TimeUnit.class.getName()))))
                    .and(target(name("sleep"))));

    /** A task of a plain executor ends with its first exception, and nobody hears of it. */
    @ArchTest
    static final ArchRule whatIsDoneAgainAndAgainIsDoneByASchedulerThatLogsErrors = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ScheduledExecutorService.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Timer.class)
            .orShould()
            .callMethodWhere(target(owner(name(Executors.class.getName()))).and(target(nameContaining("Scheduled"))));

    @ArchTest
    static final ArchRule whatAClassNeedsItIsGivenWhenItIsMade = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource");

    @ArchTest
    static final ArchRule classesAreNamedForWhatTheyDo =
            noClasses().should().haveNameMatching(".*(Utils?|Common|Helper|Manager|Impl)(\\$.*)?");

    @ArchTest
    static final ArchRule packagesAreNamedForWhatTheyHold =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..");

    @ArchTest
    static final ArchRule everyPackageSaysWhatMayBeNull = classes().should(liveInAPackageMarked(NullMarked.class));

    private static DescribedPredicate<JavaClass> inARoomOutside(String... rooms) {
        return JavaClass.Predicates.resideInAPackage(ANY_ROOM)
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(rooms)))
                .as("reside in a room other than %s", String.join(", ", rooms));
    }

    private static ArchCondition<JavaClass> liveInAPackageMarked(Class<? extends Annotation> mark) {
        return new ArchCondition<>("live in a package with @" + mark.getSimpleName()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(mark)) {
                    events.add(SimpleConditionEvent.violated(
                            type, "%s: its package-info has no @%s".formatted(type.getName(), mark.getSimpleName())));
                }
            }
        };
    }
}
