package io.meshspan.web.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.awt.Rectangle;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The picture names every cluster and network, says who watches whom however many they are, and stays as wide as a page. */
class MeshDrawingTest {

    @Test
    void shouldDrawTwoPrimariesThatWatchEachOther() throws Exception {
        String svg = MeshDrawing.of(
                mesh(
                        Topology.MULTI_PRIMARY_MULTI_NETWORK,
                        List.of(primary("cluster1", "network1"), primary("cluster2", "network2"))),
                Set.of());

        assertThat(texts(svg))
                .contains(
                        "network1", "network2", "cluster1", "cluster2", "control plane (istiod)", "east-west gateway");
        assertThat(arrows(svg)).isEqualTo(2);
    }

    @Test
    void shouldSayWhoseControlPlaneARemoteUses() throws Exception {
        String svg = MeshDrawing.of(
                mesh(
                        Topology.PRIMARY_REMOTE,
                        List.of(
                                primary("cluster1", "network1"),
                                Member.remote(
                                        new ClusterName("cluster2"),
                                        new NetworkName("network1"),
                                        new ClusterName("cluster1")))),
                Set.of());

        assertThat(texts(svg)).contains("uses the control plane of cluster1", "no gateway needed");
        assertThat(arrows(svg)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "8, 8", "8, 3", "50, 10", "7, 2"})
    void shouldDrawALargeMeshWhollyAndNoWiderThanAPage(int clusters, int networks) throws Exception {
        String svg = MeshDrawing.of(
                mesh(
                        Topology.MIXED,
                        IntStream.range(0, clusters)
                                .mapToObj(n -> primary("cluster" + n, "network" + n % networks))
                                .toList()),
                Set.of());

        assertThat(arrows(svg)).isEqualTo(clusters);
        assertThat(dots(svg)).isEqualTo(clusters);
        assertThat(width(svg)).isLessThanOrEqualTo(1150);
        assertThat(texts(svg))
                .contains(clusters + " clusters on " + networks + (networks == 1 ? " network" : " networks"));
        assertThat(overlaps(boxes(svg))).isZero();
    }

    @Test
    void shouldDrawWhatGoesAndTheMeshThatStays() throws Exception {
        String svg = MeshDrawing.of(three(), Set.of(new ClusterName("cluster3")));

        assertThat(texts(svg))
                .contains("cluster3 leaves", "its control plane (istiod) goes", "its east-west gateway goes")
                .contains("cluster1", "cluster2", "1 cluster leaves, 2 clusters stay")
                .doesNotContain("cluster3", "3 clusters on 3 networks");
        assertThat(arrows(svg)).isEqualTo(2);
        assertThat(dots(svg)).isEqualTo(2);
        assertThat(leaving(svg)).isEqualTo(1);
    }

    @Test
    void shouldDrawAWholeMeshThatGoes() throws Exception {
        Mesh mesh = three();
        String svg = MeshDrawing.of(mesh, Set.copyOf(mesh.clusters()));

        assertThat(texts(svg)).contains("cluster1 leaves", "The whole mesh goes: 3 clusters");
        assertThat(arrows(svg)).isZero();
        assertThat(leaving(svg)).isEqualTo(3);
    }

    private static Mesh three() {
        return mesh(
                Topology.AS_IT_IS,
                List.of(
                        primary("cluster1", "network1"),
                        primary("cluster2", "network2"),
                        primary("cluster3", "network3")));
    }

    private static long leaving(String svg) throws Exception {
        return elements(svg, "rect")
                .filter(rect -> style(rect).contains("leaving"))
                .count();
    }

    private static Member primary(String cluster, String network) {
        return Member.primary(new ClusterName(cluster), new NetworkName(network));
    }

    private static Mesh mesh(Topology topology, List<Member> members) {
        return new Mesh(new MeshId("mesh1"), topology, IstioVersion.parse("1.30.3"), members);
    }

    private static List<String> texts(String svg) throws Exception {
        var found = parsed(svg).getElementsByTagName("text");
        return IntStream.range(0, found.getLength())
                .mapToObj(n -> found.item(n).getTextContent())
                .toList();
    }

    private static long arrows(String svg) throws Exception {
        return elements(svg, "path")
                .filter(path -> style(path).contains("watched"))
                .count();
    }

    private static long dots(String svg) throws Exception {
        return elements(svg, "circle").count();
    }

    private static int width(String svg) throws Exception {
        return number(parsed(svg).getDocumentElement(), "width");
    }

    private static long overlaps(List<Rectangle> boxes) {
        return IntStream.range(0, boxes.size())
                .mapToLong(n -> boxes.subList(0, n).stream()
                        .filter(earlier -> earlier.intersects(boxes.get(n)))
                        .count())
                .sum();
    }

    private static List<Rectangle> boxes(String svg) throws Exception {
        return elements(svg, "rect")
                .filter(rect -> style(rect).startsWith("cluster"))
                .map(rect -> new Rectangle(
                        number(rect, "x"), number(rect, "y"), number(rect, "width"), number(rect, "height")))
                .toList();
    }

    private static Stream<Element> elements(String svg, String name) throws Exception {
        var found = parsed(svg).getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(n -> (Element) found.item(n));
    }

    private static String style(Element element) {
        return element.getAttribute("class");
    }

    private static int number(Element element, String name) {
        return Integer.parseInt(element.getAttribute(name));
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
