package io.meshspan.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A Chromium that is installed on this machine; none is ever downloaded. */
final class Chromium {

    static final String MISSING = "no browser: install Chromium (Debian: apt-get install chromium), or name one by"
            + " -Dmeshspan.browser=/path/to/chromium";

    private static final String[] NAMES = {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"};

    private Chromium() {}

    static Optional<Path> installed() {
        String named = System.getProperty("meshspan.browser");
        return (named == null ? onThePath() : Stream.of(Path.of(named)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> onThePath() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(path.split(File.pathSeparator))
                .flatMap(folder -> Arrays.stream(NAMES).map(name -> Path.of(folder, name)));
    }
}
