package io.meshspan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The image as {@code pom.xml} has Jib make it, and as the Dockerfile does; {@code ImageIT} runs it. */
class ImageTest {

    private static final String JIB = "/project/build/plugins/plugin[artifactId='jib-maven-plugin']/configuration";
    private static final String ALL = "/project/profiles/profile[id='all-platforms']";
    private static final String HELM = "/dependencies/dependency[groupId='com.marcnuri.helm-java']/artifactId";

    private final XPath xpath = XPathFactory.newInstance().newXPath();
    private final Path dockerfile = Path.of("deploy", "Dockerfile");
    private final Document pom;

    ImageTest() throws Exception {
        this.pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
    }

    /** Jib makes an image for linux/amd64 where no platform is named. */
    @Test
    void shouldHaveHelmsLibraryForEachPlatformOfTheImage() throws Exception {
        String platform = ALL + "//from/platforms/platform";
        List<String> systems = texts(platform + "/os");
        List<String> processors = texts(platform + "/architecture");
        List<String> without = texts("/project" + HELM);
        List<String> with = texts(ALL + HELM);

        assertThat(systems).containsExactly("linux", "linux");
        assertThat(processors).containsExactly("amd64", "arm64");
        assertThat(texts(JIB + "//platform")).isEmpty();
        assertThat(without).contains("linux-amd64");
        assertThat(with).contains("linux-arm64");
        assertThat(getClass().getResource("/helm-linux-amd64.so")).isNotNull();
        assertThat(getClass().getResource("/com/sun/jna/linux-aarch64/libjnidispatch.so"))
                .isNotNull();
    }

    /** {@code -Djib.from.platforms} alone names platforms, but adds no library. */
    @Test
    void shouldRefuseAPlatformWithoutItsLibrary() throws Exception {
        String guard = "/project/profiles/profile[activation/property/name='jib.from.platforms']";
        String given = text(guard + "/properties/image.platforms");
        String accepted = text(guard + "//requireProperty/regex");

        assertThat(given).isEqualTo("${platforms} ${jib.from.platforms}");
        assertThat(List.of("${platforms} linux/amd64", "all linux/arm64", "all linux/amd64,linux/arm64"))
                .allMatch(platforms -> platforms.matches(accepted));
        assertThat(List.of("${platforms} linux/arm64", "${platforms} linux/amd64,linux/arm64", "one linux/arm64"))
                .noneMatch(platforms -> platforms.matches(accepted));
    }

    @Test
    void shouldStartInTheSameWayWhoeverBuildsIt() throws Exception {
        String built = Files.readString(dockerfile).replace("\\\n", " ");
        Map<String, String> environment = new TreeMap<>();
        NodeList variables = nodes(JIB + "/container/environment/*");
        for (int i = 0; i < variables.getLength(); i++) {
            Node variable = variables.item(i);
            environment.put(variable.getNodeName(), variable.getTextContent());
        }
        Map<String, String> there = new TreeMap<>();
        matches("([A-Z_]+)=(\\S+)", line(built, "ENV")).forEach(found -> there.put(found.group(1), found.group(2)));

        assertThat(there).isEqualTo(environment).containsEntry("HOME", "/tmp");
        assertThat(matches("\"(-[^\"]+)\"", line(built, "ENTRYPOINT")).map(found -> found.group(1)))
                .startsWith(texts(JIB + "/container/jvmFlags/jvmFlag").toArray(String[]::new));
        assertThat(texts(JIB + "/container/jvmFlags/jvmFlag"))
                .as("C1 alone has 48 MiB for compiled code, and stops for good when they are full")
                .anyMatch(flag -> flag.startsWith("-XX:ReservedCodeCacheSize="));
        assertThat(line(built, "USER")).isEqualTo(text(JIB + "/container/user")).isEqualTo("10001:0");
        assertThat(line(built.substring(built.lastIndexOf("\nFROM")), "WORKDIR"))
                .isEqualTo(text(JIB + "/container/workingDirectory"));
        assertThat(List.of(line(built, "EXPOSE").split(" ", -1))).isEqualTo(texts(JIB + "/container/ports/port"));
    }

    /** Else the jar that Docker builds lacks what the one of Maven has. */
    @Test
    void shouldLetIntoTheContextAllThatTheJarIsMadeOf() throws Exception {
        List<String> letIn = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> needed = new ArrayList<>(List.of("pom.xml", ".mvn", "src/main/java"));
        needed.addAll(texts("/project/build/resources/resource[directory!='.']/directory"));
        needed.addAll(texts("/project/build/resources/resource[directory='.']/includes/include"));

        assertThat(needed)
                .contains("LICENSE", "processes")
                .allMatch(path -> letIn.stream().anyMatch(in -> path.equals(in) || path.startsWith(in + "/")));
    }

    private static String line(String dockerfile, String instruction) {
        return matches("(?m)^" + instruction + " (.*)$", dockerfile)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }

    private String text(String path) throws Exception {
        return texts(path).get(0);
    }

    private List<String> texts(String path) throws Exception {
        NodeList found = nodes(path);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent().strip());
        }
        return texts;
    }

    private NodeList nodes(String path) throws Exception {
        return (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
    }
}
