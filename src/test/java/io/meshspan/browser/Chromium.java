package io.meshspan.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A Chromium that is installed on this machine; none is ever downloaded. */
final class Chromium {

    static final String MISSING = "no browser: install Chromium (Debian: apt-get install chromium), or name one by"
            + " -Dmeshspan.browser=/path/to/chromium or the environment variable CHROMIUM";

    private Chromium() {}

    static Optional<Path> installed() {
        return Stream.of(
                        System.getProperty("meshspan.browser"),
                        System.getenv("CHROMIUM"),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/usr/bin/google-chrome-stable",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
