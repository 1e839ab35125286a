package io.meshspan.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The diagrams that install clusters differ only where they mean to: what two of them share is the same in both. */
class TopologyDiagramsTest {

    private static final String FULLEST = "install-mesh";

    /** Neighbours follow from the steps that there are; a description may name the topology. */
    private static final Set<String> NOT_COMPARED = Set.of("documentation", "incoming", "outgoing");

    /** Says which form asks for the mesh, and which rules the answers keep to. */
    private static final Set<String> REQUEST = Set.of("StartEvent_MeshRequested", "Task_CheckInputs");

    /** Each topology, which steps of a mesh with every part it leaves out, and what it has in their place. */
    @ParameterizedTest
    @CsvSource({
        "primary-remote-multi-network, '', ''",
        "primary-remote, Task_ExposeIstiodAndServices, Task_ExposeIstiod",
        "multi-primary-multi-network, Task_ExposeIstiodAndServices CallActivity_InstallRemote CallActivity_CompleteRemote,"
                + " Task_ExposeServices",
        "multi-primary, CallActivity_InstallGateway Task_ExposeIstiodAndServices CallActivity_InstallRemote"
                + " CallActivity_CompleteRemote, ''",
        "add-cluster, StartEvent_MeshRequested, StartEvent_AdditionRequested"
    })
    void shouldLeaveOutOrReplaceOnlyTheStepsOfWhichItHasNoPart(String process, String without, String instead) {
        assertThat(onlyIn(FULLEST, process)).isEqualTo(words(without));
        assertThat(onlyIn(process, FULLEST)).isEqualTo(words(instead));
    }

    @ParameterizedTest
    @CsvSource({
        "primary-remote-multi-network, ''",
        "primary-remote, ''",
        "multi-primary-multi-network, ''",
        "multi-primary, ''",
        "add-cluster, SubProcess_InstallMesh EndEvent_MeshInstalled"
    })
    void shouldHaveEachSharedElementWordForWord(String process, String namedInItsOwnWay) throws Exception {
        Map<String, String> expected = elements(FULLEST);
        Map<String, String> found = elements(process);
        expected.keySet().retainAll(Set.copyOf(found.keySet()));
        expected.keySet().removeAll(REQUEST);
        expected.keySet().removeAll(words(namedInItsOwnWay));
        found.keySet().retainAll(expected.keySet());

        assertThat(found).hasSizeGreaterThan(50).isEqualTo(expected);
    }

    @Test
    void shouldDrawAnAdditionAsTheInstallationOfAMesh() throws IOException {
        assertThat(drawing("add-cluster").replace("AdditionRequested", "MeshRequested"))
                .isEqualTo(drawing(FULLEST));
    }

    private static String drawing(String process) throws IOException {
        String file = Files.readString(Path.of("processes", process + ".bpmn"));
        return file.substring(file.indexOf("<bpmndi:BPMNDiagram")).replace(process, "");
    }

    private static Set<String> onlyIn(String process, String other) {
        Set<String> nodes = nodes(process);
        nodes.removeAll(nodes(other));
        return nodes;
    }

    private static Set<String> nodes(String process) {
        return Diagram.named(process).each(FlowElement.class).stream()
                .filter(element -> !(element instanceof SequenceFlow))
                .map(FlowElement::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(String text) {
        return Pattern.compile("[^ ]+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** All that each element says, by its id; what stands within a frame is an element of its own. */
    private static Map<String, String> elements(String process) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        NodeList all = factory.newDocumentBuilder()
                .parse(Path.of("processes", process + ".bpmn").toFile())
                .getElementsByTagNameNS("http://www.omg.org/spec/BPMN/20100524/MODEL", "*");
        Set<String> known = Diagram.named(process).each(FlowElement.class).stream()
                .map(FlowElement::getId)
                .collect(Collectors.toSet());
        Map<String, String> elements = new TreeMap<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (known.contains(element.getAttribute("id"))) {
                elements.put(element.getAttribute("id"), said(element, known));
            }
        }
        return elements;
    }

    private static String said(Node node, Set<String> known) {
        if (!(node instanceof Element element)) {
            return node.getTextContent().strip();
        }
        NodeList children = element.getChildNodes();
        String attributes = IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(i -> element.getAttributes().item(i).toString())
                .sorted()
                .collect(Collectors.joining(" "));
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(child -> !NOT_COMPARED.contains(String.valueOf(child.getLocalName())))
                .filter(child -> !(child instanceof Element inner && known.contains(inner.getAttribute("id"))))
                .map(child -> said(child, known))
                .collect(Collectors.joining("", "<" + element.getLocalName() + " " + attributes + ">", "</>"));
    }
}
