package io.meshspan.engine.identity;

/** A password that is never printed. */
public record Password(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
