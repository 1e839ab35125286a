package io.meshspan.service;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The class path of this process, also where Surefire hides it in a jar's manifest. */
public final class ClassPath {

    private ClassPath() {}

    /** Without empty parts: they mean the working directory, which has diagrams of its own here. */
    public static String of() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
