package io.meshspan.web.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.IstioVersion;
import io.meshspan.mesh.Member;
import io.meshspan.mesh.Mesh;
import io.meshspan.mesh.MeshId;
import io.meshspan.mesh.NetworkName;
import io.meshspan.mesh.Topology;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The picture names every cluster and network, and has an arrow for each control plane that watches another cluster. */
class MeshDrawingTest {

    @Test
    void shouldDrawTwoPrimariesThatWatchEachOther() throws Exception {
        String svg = MeshDrawing.of(mesh(
                Topology.MULTI_PRIMARY_MULTI_NETWORK,
                List.of(primary("cluster1", "network1"), primary("cluster2", "network2"))));

        assertThat(texts(svg))
                .contains(
                        "network1", "network2", "cluster1", "cluster2", "control plane (istiod)", "east-west gateway");
        assertThat(arrows(svg)).isEqualTo(2);
    }

    @Test
    void shouldSayWhoseControlPlaneARemoteUses() throws Exception {
        String svg = MeshDrawing.of(mesh(
                Topology.PRIMARY_REMOTE,
                List.of(
                        primary("cluster1", "network1"),
                        Member.remote(
                                new ClusterName("cluster2"),
                                new NetworkName("network1"),
                                new ClusterName("cluster1")))));

        assertThat(texts(svg)).contains("uses the control plane of cluster1", "no gateway needed");
        assertThat(arrows(svg)).isEqualTo(1);
    }

    @Test
    void shouldCountTheArrowsOfALargeMeshInWords() throws Exception {
        String svg = MeshDrawing.of(mesh(
                Topology.MULTI_PRIMARY,
                IntStream.rangeClosed(1, 8)
                        .mapToObj(n -> primary("cluster" + n, "network1"))
                        .toList()));

        assertThat(arrows(svg)).isZero();
        assertThat(texts(svg)).anyMatch(text -> text.startsWith("8 clusters on 1 networks") && text.endsWith("(56)"));
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
        var found = parsed(svg).getElementsByTagName("path");
        return IntStream.range(0, found.getLength())
                .filter(n -> found.item(n).getAttributes().getNamedItem("class") != null)
                .count();
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
