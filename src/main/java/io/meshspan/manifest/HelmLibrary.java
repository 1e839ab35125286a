package io.meshspan.manifest;

import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.NativeLibrary;
import io.meshspan.finding.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Helm's native library for the platform that this process runs on. A jar can carry the libraries of several platforms, and
 * helm-java (0.0.21) takes the first one that it finds, or downloads one; Java finds this class first ({@code META-INF/services}).
 */
public final class HelmLibrary implements NativeLibrary {

    private final String binary;

    /** For the {@link java.util.ServiceLoader}. */
    public HelmLibrary() {
        this(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    HelmLibrary(String system, String architecture) {
        String processor = switch (architecture) {
            case "aarch64", "arm64" -> "arm64";
            case "amd64", "x86_64" -> "amd64";
            default -> architecture;
        };
        String lower = system.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac")) {
            this.binary = "helm-darwin-10.12-" + processor + ".dylib";
        } else if (lower.startsWith("windows")) {
            this.binary = "helm-windows-4.0-" + processor + ".dll";
        } else {
            this.binary = "helm-linux-" + processor + ".so";
        }
    }

    @Override
    public String getBinaryName() {
        return binary;
    }

    /** The folder that the next process deletes if this one is killed: the library has 98 MB. */
    @Override
    public Path createTempDirectory() {
        return WorkFolder.folder("helm-library");
    }

    /** @throws IllegalStateException if this jar has no library for this platform */
    @Override
    public HelmLib load() {
        List<Finding> missing = missing();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(missing.get(0).toString());
        }
        return NativeLibrary.super.load();
    }

    /** What is wrong if this jar has no library for this platform. */
    List<Finding> missing() {
        return HelmLibrary.class.getResource("/" + binary) != null
                ? List.of()
                : List.of(Finding.blocking(
                        "charts",
                        "Helm",
                        "Helm's library for this platform, " + binary,
                        "this jar was built without " + binary,
                        "Take a jar or an image that was built with -Dplatforms=all."));
    }
}
