package io.meshspan.manifest;

/** The password for the charts' source. Its text form never shows the characters. */
public record ChartPassword(String text) {

    @Override
    public String toString() {
        return "(hidden)";
    }
}
