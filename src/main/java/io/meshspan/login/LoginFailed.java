package io.meshspan.login;

/** This service has no usable credential. No message quotes a file, a plugin or an identity provider. */
public final class LoginFailed extends RuntimeException {

    private final String what;
    private final String expected;
    private final String found;
    private final String advice;

    LoginFailed(String what, String expected, String found, String advice) {
        super("%s: expected %s, found %s. %s".formatted(what, expected, found, advice));
        this.what = what;
        this.expected = expected;
        this.found = found;
        this.advice = advice;
    }

    public String what() {
        return what;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }

    public String advice() {
        return advice;
    }
}
