package io.meshspan.engine.identity;

/** A password that does not print itself. */
public record Password(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
