package io.meshspan.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How the viewer breaks a label into lines, and how much room they take. By Helvetica's own table, so that no font is needed.
 *
 * <p>The viewer asks for Arial. Where there is none, the system takes a font that is up to a fifth wider, and a name that
 * stands on one line here stands on two there. So a name has several layouts, and all of them must have room.
 */
final class LabelText {

    private static final double LINE = 1.2;
    private static final int EM = 1000;

    /**
     * By how much fonts are wider than Arial's table: less where letters are set closer or widths are rounded, more up to
     * DejaVu Sans, which Linux has where nobody has installed a font.
     */
    private static final double[] ANY_FONT = {0.95, 1, 1.1, 1.18};

    /** In a box of fixed size, the widest font takes one line more, and may touch an icon. */
    private static final double[] LIKE_ARIAL = {0.95, 1, 1.06};

    private static final double SIZE_OUTSIDE = 11;
    private static final double SIZE_INSIDE = 12;

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
    private final double font;

    private LabelText(List<String> lines, double size, double font) {
        this.lines = lines;
        this.size = size;
        this.font = font;
    }

    /** The layout in each font of a name beside its shape, within a box of this width. */
    static List<LabelText> outside(String text, double most) {
        return Arrays.stream(ANY_FONT)
                .mapToObj(font -> of(text, SIZE_OUTSIDE, most, font))
                .toList();
    }

    /** The layout in each font of the name in an activity, between its paddings. */
    static List<LabelText> inside(String text, double most) {
        return Arrays.stream(LIKE_ARIAL)
                .mapToObj(font -> of(text, SIZE_INSIDE, most, font))
                .toList();
    }

    private static LabelText of(String text, double size, double most, double font) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String piece :
                PIECE.matcher(text).results().map(MatchResult::group).toList()) {
            boolean fits = width((line + piece).strip(), size * font) < most;
            if (fits || line.isBlank()) {
                line += piece;
            } else {
                lines.add(line.strip());
                line = piece.isBlank() ? "" : piece;
            }
        }
        lines.add(line.strip());
        return new LabelText(lines, size, font);
    }

    double width() {
        return lines.stream()
                .mapToDouble(line -> width(line, size * font))
                .max()
                .orElse(0);
    }

    double height() {
        return lines.size() * size * LINE;
    }

    private static double width(String line, double size) {
        return line.chars()
                        .map(c -> c >= FIRST && c < FIRST + WIDTHS.length ? WIDTHS[c - FIRST] : EM)
                        .sum()
                * size
                / EM;
    }
}
