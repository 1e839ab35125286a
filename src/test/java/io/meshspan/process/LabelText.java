package io.meshspan.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How the viewer breaks a label into lines, and how much room they take. By Helvetica's own table, so that no font is needed. */
final class LabelText {

    private static final double LINE = 1.2;
    private static final int EM = 1000;

    /** Other fonts, and the viewer's way to break lines, need a little more room. */
    private static final double MARGIN = 1.06;

    private static final char FIRST = ' ';

    /** The widths of the printable characters of ASCII in a thousandth of the font's size. */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 222, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
                556,
        556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556,
                833,
        722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 222, 556, 556, 500,
                556,
        556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500,
                334,
        260, 334, 584
    };

    /** A line ends between words or after a hyphen. */
    private static final Pattern PIECE = Pattern.compile("[^\\s-]*-|[^\\s-]+|\\s+");

    private final List<String> lines;
    private final double size;

    private LabelText(List<String> lines, double size) {
        this.lines = lines;
        this.size = size;
    }

    static LabelText of(String text, double size, double most) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String piece :
                PIECE.matcher(text).results().map(MatchResult::group).toList()) {
            boolean fits = width((line + piece).strip(), size) <= most;
            if (fits || line.isBlank()) {
                line += piece;
            } else {
                lines.add(line.strip());
                line = piece.isBlank() ? "" : piece;
            }
        }
        lines.add(line.strip());
        return new LabelText(lines, size);
    }

    double width() {
        return lines.stream().mapToDouble(line -> width(line, size)).max().orElse(0);
    }

    double height() {
        return lines.size() * size * LINE;
    }

    private static double width(String line, double size) {
        return line.chars()
                        .map(c -> c >= FIRST && c < FIRST + WIDTHS.length ? WIDTHS[c - FIRST] : EM)
                        .sum()
                * size
                * MARGIN
                / EM;
    }
}
