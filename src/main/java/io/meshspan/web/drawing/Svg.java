package io.meshspan.web.drawing;

/** The elements of a picture. */
final class Svg {

    private Svg() {}

    /** @param label the text alternative of the picture */
    static String head(int width, int height, String label) {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
                aria-label="%s">
                <style>
                text { font: 13px sans-serif; fill: #222; }
                .name { font-weight: bold; } .note, .small { font-size: 12px; fill: #444; }
                .network { fill: #f3f6fa; stroke: #9db2c9; stroke-dasharray: 6 4; }
                .cluster { fill: #fff; stroke: #44607c; stroke-width: 1.5; }
                .remote { fill: #f7f4ee; } .leaving { fill: #fdeaea; stroke: #8f1d1d; stroke-dasharray: 5 4; }
                .gone { fill: #8f1d1d; } .name.gone { text-decoration: line-through; } .watching { fill: #8a4b08; }
                .rail { fill: none; stroke: #8a4b08; stroke-width: 1.6; } .watched { marker-end: url(#arrow); }
                </style>
                <defs>
                <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" \
                orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#8a4b08"/></marker>
                </defs>""".formatted(width, height, width, height, label);
    }

    static String box(String style, Box box) {
        return "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>"
                .formatted(style, box.x(), box.y(), box.width(), box.height());
    }

    static String text(int x, int y, String style, String content) {
        return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(style, x, y, content);
    }

    static String line(int x1, int y1, int x2, int y2) {
        return "<path class=\"rail\" d=\"M%d %d L%d %d\"/>".formatted(x1, y1, x2, y2);
    }

    /** Downwards. */
    static String arrow(int x, int from, int to) {
        return "<path class=\"rail watched\" d=\"M%d %d L%d %d\"/>".formatted(x, from, x, to - 1);
    }

    /** From a dot at the lower end upwards. */
    static String tail(int x, int from, int to) {
        return "<path class=\"rail\" d=\"M%d %d L%d %d\"/><circle class=\"watching\" cx=\"%d\" cy=\"%d\" r=\"5\"/>"
                .formatted(x, from, x, to, x, from);
    }
}
