package io.meshspan;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that nothing can break is no rule: each of the house is broken here, by classes made for that. */
class HouseRulesBrokenTest {

    private static final Pattern PACKAGE = Pattern.compile("(?<=['\\s])(?:io|org|com)(?:\\.[a-z*0-9]+)+(?:\\.\\.)?");

    /** By the name of the rule, the package of a class and a field or method in it that breaks the rule. */
    private static final Map<String, String[]> BREAKS = Map.ofEntries(
            entry("onlyEngineProcessAndWebKnowCamunda", one("plan", "org.camunda.bpm.engine.TaskService a;")),
            entry(
                    "onlyTheRoomEngineKnowsCamundasInside",
                    one("process", "org.camunda.bpm.engine.impl.interceptor.Command<?> a;")),
            entry(
                    "onlyTheBorderKnowsTheKubernetesClient",
                    one("plan", "io.fabric8.kubernetes.client.KubernetesClient a;")),
            entry(
                    "theInventoryKnowsOnlyHowTheClientReads",
                    one("inventory", "io.fabric8.kubernetes.client.KubernetesClient a;")),
            entry("onlyTheManifestsKnowHelm", one("plan", "com.marcnuri.helm.Helm a;")),
            entry(
                    "onlyTrustKnowsHowCertificatesAreMade",
                    one("plan", "org.bouncycastle.cert.X509CertificateHolder a;")),
            entry("loginsOnlyReadKeys", one("login", "org.bouncycastle.cert.X509CertificateHolder a;")),
            entry("featuresKnowNothingOfProcesses", one("plan", "io.meshspan.engine.ApprovalTask a;")),
            entry("theEngineKnowsNoDelegates", one("engine", "io.meshspan.process.Broken a;")),
            entry("processesKnowNoPages", one("process", "io.meshspan.web.Broken a;")),
            entry("theWishDependsOnNothingButFindings", one("mesh", "io.meshspan.plan.Broken a;")),
            entry("findingsDependOnNothing", one("finding", "io.meshspan.mesh.Broken a;")),
            entry("theCommandLineKnowsOnlyTheInterface", one("cli", "org.springframework.web.client.RestClient a;")),
            entry("noTwoRoomsNeedEachOther", one("process", "io.meshspan.web.Broken a;")),
            entry("noTwoPackagesNeedEachOther", one("plan.one", "io.meshspan.plan.two.Broken a;")),
            entry("theEngineWaitsNotTheThread", one("plan", "void a() throws Exception { Thread.sleep(1); }")),
            entry(
                    "whatIsDoneAgainAndAgainIsDoneByASchedulerThatLogsErrors",
                    one("plan", "java.util.concurrent.ScheduledExecutorService a;")),
            entry(
                    "whatAClassNeedsItIsGivenWhenItIsMade",
                    one("plan", "@org.springframework.beans.factory.annotation.Autowired String a;")),
            entry("classesAreNamedForWhatTheyDo", one("plan", "static class StringUtils {}")),
            entry("packagesAreNamedForWhatTheyHold", one("plan.util", "int a;")),
            entry("everyPackageSaysWhatMayBeNull", one("plan.one", "int a;")));

    /** What the classes above need in other packages, and what makes a circle of two. */
    private static final Map<String, String> OTHERS = Map.of(
            "web", "io.meshspan.process.Broken back;",
            "plan.two", "io.meshspan.plan.one.Broken back;");

    @Test
    void shouldFailForAClassThatBreaksIt(@TempDir Path folder) throws Exception {
        JavaClasses broken = compiled(folder);

        List<String> kept = new ArrayList<>();
        for (Map.Entry<String, ArchRule> rule : rules().entrySet()) {
            assertThat(BREAKS).as("a class that breaks each rule").containsKey(rule.getKey());
            String breaker = "io.meshspan." + Objects.requireNonNull(BREAKS.get(rule.getKey()))[0] + ".Broken";
            String report = String.join(
                    "\n", rule.getValue().evaluate(broken).getFailureReport().getDetails());
            if (!report.contains(breaker)) {
                kept.add(rule.getKey());
            }
        }
        assertThat(kept).as("rules that a broken class keeps").isEmpty();
    }

    /** A rule about a package that is not there, because of a typo or a move, holds for ever. */
    @Test
    void shouldSpeakOfPackagesThatThereAre() {
        JavaClasses house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.meshspan");
        Set<String> packages = house.stream()
                .flatMap(type -> Stream.concat(
                        Stream.of(type),
                        type.getDirectDependenciesFromSelf().stream().map(each -> each.getTargetClass())))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());

        assertThat(rules().values())
                .flatExtracting(rule -> named(rule.getDescription()))
                .hasSizeGreaterThan(30)
                .allSatisfy(pattern -> assertThat(packages).as(pattern).anyMatch(PackageMatcher.of(pattern)::matches));
    }

    private static List<String> named(String description) {
        return PACKAGE.matcher(description).results().map(MatchResult::group).toList();
    }

    private static String[] one(String room, String member) {
        return new String[] {room, member};
    }

    private static Map<String, ArchRule> rules() {
        return Arrays.stream(HouseRulesTest.class.getDeclaredFields())
                .filter(field -> field.getType().equals(ArchRule.class))
                .collect(Collectors.toMap(
                        Field::getName,
                        field -> {
                            try {
                                return (ArchRule) field.get(null);
                            } catch (IllegalAccessException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** One class {@code Broken} a package, with all that breaks a rule there. */
    private static JavaClasses compiled(Path folder) throws IOException {
        Map<String, StringBuilder> members = new TreeMap<>();
        int[] number = {0};
        Stream.concat(
                        BREAKS.values().stream(),
                        OTHERS.entrySet().stream().map(other -> one(other.getKey(), other.getValue())))
                .forEach(each -> members.computeIfAbsent(each[0], room -> new StringBuilder())
                        .append(each[1].replaceFirst(" (a|back)(;|\\()", " a" + number[0]++ + "$2"))
                        .append('\n'));
        List<Path> sources = new ArrayList<>();
        for (Map.Entry<String, StringBuilder> room : members.entrySet()) {
            Path source = Files.createDirectories(folder.resolve(room.getKey())).resolve("Broken.java");
            Files.writeString(
                    source,
                    "package io.meshspan.%s; public class Broken { %s }".formatted(room.getKey(), room.getValue()));
            sources.add(source);
        }
        StringWriter errors = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean done;
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-d", folder.resolve("classes").toString());
            done = compiler.getTask(
                            new PrintWriter(errors, true),
                            files,
                            null,
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        assertThat(done).as(errors.toString()).isTrue();
        return new ClassFileImporter().importPath(folder.resolve("classes"));
    }
}
