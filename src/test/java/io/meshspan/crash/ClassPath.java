package io.meshspan.crash;

/** The class path of this process, also where Surefire hides it in a jar's manifest. */
final class ClassPath {

    private ClassPath() {}

    static String of() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
