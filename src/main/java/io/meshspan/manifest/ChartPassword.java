package io.meshspan.manifest;

/** The password for the charts' source; its text form never shows its characters. */
public record ChartPassword(String text) {

    @Override
    public String toString() {
        return "(hidden)";
    }
}
