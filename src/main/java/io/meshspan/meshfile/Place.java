package io.meshspan.meshfile;

import com.fasterxml.jackson.core.JsonLocation;
import io.meshspan.finding.Finding;

/** Where something stands in a mesh file; lines and columns count from one. */
record Place(int line, int column) {

    static final String FILE = "mesh file";

    static Place of(JsonLocation location) {
        return new Place(location.getLineNr(), location.getColumnNr());
    }

    Finding wrong(String what, String expected, String found, String advice) {
        return Finding.blocking(toString(), what, expected, found, advice);
    }

    @Override
    public String toString() {
        return "%s, line %d, column %d".formatted(FILE, line, column);
    }
}
