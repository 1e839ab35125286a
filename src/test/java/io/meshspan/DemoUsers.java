package io.meshspan;

/** The people of the profile demo, in application-demo.yaml. */
public final class DemoUsers {

    /** Of all of them. */
    public static final String PASSWORD = "sandbox-only";

    private DemoUsers() {}
}
