package io.meshspan.meshfile;

import com.fasterxml.jackson.core.JsonLocation;
import io.meshspan.finding.Finding;

/**
 * A position in a text; lines and columns count from one.
 *
 * @param file the file's name in findings
 */
record SourcePosition(String file, int line, int column) {

    static final String FILE = "mesh file";

    static SourcePosition of(String file, JsonLocation location) {
        return new SourcePosition(file, location.getLineNr(), location.getColumnNr());
    }

    /** The position of the character at an index of the text. */
    static SourcePosition of(String file, String text, int index) {
        String before = text.substring(0, index).replace("\r\n", "\n").replace('\r', '\n');
        int start = before.lastIndexOf('\n') + 1;
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        return new SourcePosition(file, line, before.codePointCount(start, before.length()) + 1);
    }

    Finding wrong(String what, String expected, String found, String advice) {
        return Finding.blocking(toString(), what, expected, found, advice);
    }

    @Override
    public String toString() {
        return "%s, line %d, column %d".formatted(file, line, column);
    }
}
