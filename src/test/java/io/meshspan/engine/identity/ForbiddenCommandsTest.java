package io.meshspan.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.rest.impl.CamundaRestResources;
import org.camunda.bpm.webapp.impl.security.SecurityActions;
import org.junit.jupiter.api.Test;

/** Each command of the engine is open or closed by name: one that a new release adds is looked at before it is let in. */
class ForbiddenCommandsTest {

    private static final String PACKAGES = "org.camunda.bpm.";

    @Test
    void shouldKnowEveryCommandOfTheEngineAndItsApplications() throws Exception {
        Set<String> open = open();

        Set<String> unknown = commands()
                .filter(command -> ForbiddenCommands.of(command).isEmpty())
                .map(Class::getName)
                .filter(command -> !open.contains(command))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unknown).isEmpty();
    }

    @Test
    void shouldNotCallACommandOpenThatIsClosedOrGone() throws Exception {
        Set<String> openByTheEnum = commands()
                .filter(command -> ForbiddenCommands.of(command).isEmpty())
                .map(Class::getName)
                .collect(Collectors.toSet());

        assertThat(openByTheEnum).containsAll(open());
    }

    private static Stream<Class<?>> commands() throws IOException, URISyntaxException {
        Stream.Builder<Class<?>> commands = Stream.builder();
        for (Class<?> ofJar : Set.of(Command.class, CamundaRestResources.class, SecurityActions.class)) {
            File jar = new File(
                    ofJar.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (JarFile file = new JarFile(jar)) {
                file.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
                        .map(name -> name.substring(0, name.length() - ".class".length())
                                .replace('/', '.'))
                        .flatMap(ForbiddenCommandsTest::loaded)
                        .filter(type ->
                                Command.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                        .forEach(commands);
            }
        }
        return commands.build();
    }

    /** What needs a library that is not here, for Ant or JUnit 4, nobody can use. */
    private static Stream<Class<?>> loaded(String name) {
        try {
            return Stream.of(Class.forName(name, false, ForbiddenCommandsTest.class.getClassLoader()));
        } catch (ClassNotFoundException | NoClassDefFoundError absent) {
            return Stream.empty();
        }
    }

    private static Set<String> open() throws IOException {
        try (InputStream names =
                Objects.requireNonNull(ForbiddenCommandsTest.class.getResourceAsStream("/engine/open-doors.txt"))) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> PACKAGES + line)
                    .collect(Collectors.toSet());
        }
    }
}
