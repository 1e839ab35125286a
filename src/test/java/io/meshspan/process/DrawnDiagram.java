package io.meshspan.process;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** What the viewer draws of a diagram, and where: shapes, the words in and beside them, their markers, and lines. */
final class DrawnDiagram {

    /** Cockpit breaks a name outside of a shape at this width, whatever the width of its label in the file. */
    private static final double OUTSIDE_WIDTH = 90;

    /** Between the border of an activity and its name: of the viewer of our pages, and of Cockpit's. */
    private static final double[] PADDINGS = {5, 7};

    private static final double FRAME_NAME = 7;
    private static final double MARKER = 14;
    private static final double MARKER_ABOVE = 20;
    private static final double BARS_BESIDE = 22;
    private static final double ICON = 22;
    private static final double LINK = 22;
    private static final double LINK_BELOW = 11;

    /** Where the slash of a gateway's default stands on its line. */
    private static final double SLASH_FROM = 6;

    private static final double SLASH = 12;

    /**
     * Something drawn, and the element that it belongs to.
     *
     * @param what for people
     */
    record Area(String what, FlowElement of, Rectangle2D box) {

        boolean touches(Area other) {
            return box.intersects(other.box);
        }

        boolean touches(Segment segment) {
            return segment.line.intersects(box);
        }

        @Override
        public String toString() {
            return what + " of " + of.getId();
        }
    }

    /** One straight piece of a flow. */
    record Segment(SequenceFlow of, Line2D line) {

        @Override
        public String toString() {
            return of.getId();
        }
    }

    final List<Area> shapes = new ArrayList<>();
    final List<Area> labels = new ArrayList<>();
    final List<Area> markers = new ArrayList<>();

    /** Cockpit's own links to the definitions that are called, below the right corner of a box. */
    final List<Area> links = new ArrayList<>();

    final List<Segment> segments = new ArrayList<>();

    /** Names that newer viewers, which break at the width in the file, would lay out in another way. */
    final List<String> otherWidths = new ArrayList<>();

    DrawnDiagram(Diagram diagram) {
        diagram.each(FlowNode.class).forEach(this::draw);
        diagram.each(SequenceFlow.class).forEach(this::draw);
    }

    private void draw(FlowNode node) {
        BpmnShape shape = (BpmnShape) node.getDiagramElement();
        Rectangle2D box = box(shape.getBounds());
        shapes.add(new Area("shape", node, box));
        if (node instanceof Activity activity) {
            drawInside(activity, box);
        } else {
            name(node, shape.getBpmnLabel());
        }
    }

    private void drawInside(Activity activity, Rectangle2D box) {
        for (double padding : PADDINGS) {
            for (LabelText text : LabelText.inside(activity.getName(), box.getWidth() - 2 * padding)) {
                double top =
                        activity instanceof SubProcess ? box.getY() + FRAME_NAME : box.getCenterY() - text.height() / 2;
                labels.add(new Area("name", activity, centred(box.getCenterX(), top, text)));
            }
        }
        double row = box.getMaxY() - MARKER_ABOVE;
        if (activity instanceof CallActivity) {
            mark("+", activity, box.getCenterX() - MARKER / 2, row, MARKER);
            links.add(new Area(
                    "link",
                    activity,
                    new Rectangle2D.Double(box.getMaxX() - LINK / 2, box.getMaxY() + LINK_BELOW, LINK, LINK)));
        }
        if (activity.getLoopCharacteristics() != null) {
            mark("bars", activity, box.getCenterX() - BARS_BESIDE, row, MARKER);
        }
        if (activity instanceof ServiceTask || activity instanceof UserTask) {
            mark("icon", activity, box.getX() + 2, box.getY() + 2, ICON);
        }
    }

    private void mark(String what, FlowElement of, double x, double y, double size) {
        markers.add(new Area(what, of, new Rectangle2D.Double(x, y, size, size)));
    }

    private void draw(SequenceFlow flow) {
        BpmnEdge edge = flow.getDiagramElement();
        List<Waypoint> points = List.copyOf(edge.getWaypoints());
        for (int i = 1; i < points.size(); i++) {
            Waypoint from = points.get(i - 1);
            Waypoint to = points.get(i);
            segments.add(new Segment(flow, new Line2D.Double(from.getX(), from.getY(), to.getX(), to.getY())));
        }
        name(flow, edge.getBpmnLabel());
        if (flow.getSource() instanceof ExclusiveGateway gateway && flow.equals(gateway.getDefault())) {
            slash(flow, points.get(0), points.get(1));
        }
    }

    private void slash(SequenceFlow flow, Waypoint from, Waypoint to) {
        double x = from.getX() + Math.signum(to.getX() - from.getX()) * (SLASH_FROM + SLASH / 2);
        double y = from.getY() + Math.signum(to.getY() - from.getY()) * (SLASH_FROM + SLASH / 2);
        mark("slash", flow, x - SLASH / 2, y - SLASH / 2, SLASH);
    }

    private void name(FlowElement element, BpmnLabel label) {
        if (element.getName() != null) {
            Rectangle2D room = box(label.getBounds());
            if (room.getWidth() != OUTSIDE_WIDTH) {
                otherWidths.add(element.getId());
            }
            LabelText.outside(element.getName(), OUTSIDE_WIDTH)
                    .forEach(text ->
                            labels.add(new Area("name", element, centred(room.getCenterX(), room.getY(), text))));
        }
    }

    private static Rectangle2D centred(double middle, double top, LabelText text) {
        return new Rectangle2D.Double(middle - text.width() / 2, top, text.width(), text.height());
    }

    private static Rectangle2D box(Bounds bounds) {
        return new Rectangle2D.Double(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    /** Of everything that is drawn. */
    double width() {
        List<Rectangle2D> all =
                Stream.concat(shapes.stream(), labels.stream()).map(Area::box).toList();
        return all.stream().mapToDouble(Rectangle2D::getMaxX).max().orElseThrow()
                - all.stream().mapToDouble(Rectangle2D::getMinX).min().orElseThrow();
    }

    /** Each name that touches another name, a shape in which it does not stand, a line or a marker. */
    List<String> namesThatTouch() {
        Set<String> found = new LinkedHashSet<>();
        for (Area label : labels) {
            labels.stream()
                    .filter(other -> order(label).compareTo(order(other)) < 0 && label.touches(other))
                    .forEach(other -> found.add(label + " / " + other));
            shapes.stream()
                    .filter(shape -> label.touches(shape) && !contains(shape, label.box))
                    .forEach(shape -> found.add(label + " / " + shape));
            shapes.stream()
                    .filter(shape -> contains(shape, label.box) && !mayHold(shape.of, label.of))
                    .forEach(shape -> found.add(label + " in " + shape));
            links.stream().filter(label::touches).forEach(link -> found.add(label + " / " + link));
            markers.stream().filter(label::touches).forEach(marker -> found.add(label + " / " + marker));
            segments.stream().filter(label::touches).forEach(segment -> found.add(label + " / " + segment));
        }
        return List.copyOf(found);
    }

    /** Of its element: the layouts of one name are never drawn together. */
    private static String order(Area label) {
        return label.of.getId();
    }

    /** Each marker that is covered by a shape or crossed by a line. */
    List<String> hiddenMarkers() {
        List<String> found = new ArrayList<>();
        for (Area marker : markers) {
            shapes.stream()
                    .filter(shape -> shape.touches(marker) && !contains(shape, marker.box))
                    .forEach(shape -> found.add(marker + " / " + shape));
            segments.stream()
                    .filter(segment -> !segment.of.equals(marker.of) && marker.touches(segment))
                    .forEach(segment -> found.add(marker + " / " + segment));
        }
        return found;
    }

    /** Each shape that touches another one, unless it stands in it or is attached to it. */
    List<String> shapesThatTouch() {
        List<String> found = new ArrayList<>();
        for (Area shape : shapes) {
            shapes.stream()
                    .filter(other -> !other.equals(shape) && shape.touches(other))
                    .filter(other -> !mayHold(shape.of, other.of) && !mayHold(other.of, shape.of))
                    .filter(other -> !attached(shape.of, other.of) && !attached(other.of, shape.of))
                    .forEach(other -> found.add(shape + " / " + other));
        }
        return found;
    }

    /** Each line that runs through a shape. */
    List<String> linesThroughShapes() {
        List<String> found = new ArrayList<>();
        for (Segment segment : segments) {
            shapes.stream()
                    .filter(shape -> !mayHold(shape.of, segment.of))
                    .filter(shape -> segment.line.intersects(inner(shape.box)) || runsAlong(shape, segment))
                    .forEach(shape -> found.add(segment + " / " + shape));
        }
        return found;
    }

    /** A line that ends at a box ends outside of it: one whose middle is at the border hides the border. */
    private static boolean runsAlong(Area shape, Segment segment) {
        double x = (segment.line.getX1() + segment.line.getX2()) / 2;
        double y = (segment.line.getY1() + segment.line.getY2()) / 2;
        Rectangle2D border = new Rectangle2D.Double(
                shape.box.getX() - 1, shape.box.getY() - 1, shape.box.getWidth() + 2, shape.box.getHeight() + 2);
        return shape.of instanceof Activity && border.contains(x, y);
    }

    /** Lines end at the border of a shape, or, for the circle and the diamond, a little within its box. */
    private static Rectangle2D inner(Rectangle2D box) {
        double border = Math.min(box.getWidth(), box.getHeight()) / 3;
        return new Rectangle2D.Double(
                box.getX() + border, box.getY() + border, box.getWidth() - 2 * border, box.getHeight() - 2 * border);
    }

    private static boolean contains(Area shape, Rectangle2D box) {
        return shape.of instanceof Activity && shape.box.contains(box);
    }

    /** Whether an element is drawn within another: itself, or a part of a sub-process. */
    private static boolean mayHold(FlowElement shape, FlowElement element) {
        boolean attachedHere = attached(element, shape);
        return shape.equals(element)
                || (shape instanceof SubProcess
                        && !attachedHere
                        && parents(element).anyMatch(shape::equals));
    }

    private static Stream<ModelElementInstance> parents(FlowElement element) {
        return Stream.iterate(
                        Optional.ofNullable(element.getParentElement()),
                        Optional::isPresent,
                        parent -> parent.map(ModelElementInstance::getParentElement))
                .flatMap(Optional::stream);
    }

    private static boolean attached(FlowElement event, FlowElement host) {
        return event instanceof BoundaryEvent boundary && host.equals(boundary.getAttachedTo());
    }

    /** The nodes from the start along lines that keep to its height, to the right. */
    static List<FlowNode> row(FlowNode start) {
        List<FlowNode> row = new ArrayList<>();
        Optional<FlowNode> next = Optional.of(start);
        while (next.isPresent() && !row.contains(next.get())) {
            row.add(next.get());
            if (next.get() instanceof SubProcess frame) {
                row.addAll(row(first(frame)));
            }
            next = next.get().getOutgoing().stream()
                    .filter(flow -> isStraight(flow, start))
                    .map(SequenceFlow::getTarget)
                    .findFirst();
        }
        return row;
    }

    private static FlowNode first(SubProcess frame) {
        Collection<FlowNode> nodes = frame.getChildElementsByType(FlowNode.class);
        return nodes.stream()
                .filter(node -> node.getIncoming().isEmpty() && !(node instanceof BoundaryEvent))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isStraight(SequenceFlow flow, FlowNode start) {
        double height = box(((BpmnShape) start.getDiagramElement()).getBounds()).getCenterY();
        List<Waypoint> points = List.copyOf(flow.getDiagramElement().getWaypoints());
        return points.stream().allMatch(point -> Math.abs(point.getY() - height) < 1)
                && points.get(0).getX() < points.get(points.size() - 1).getX();
    }
}
