package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.jni.NativeLibrary;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmLibraryTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, helm-linux-amd64.so",
        "Linux, aarch64, helm-linux-arm64.so",
        "Mac OS X, aarch64, helm-darwin-10.12-arm64.dylib",
        "Mac OS X, x86_64, helm-darwin-10.12-amd64.dylib",
        "Windows 11, amd64, helm-windows-4.0-amd64.dll"
    })
    void shouldTakeTheLibraryOfThePlatform(String system, String architecture, String library) {
        assertThat(new HelmLibrary(system, architecture).getBinaryName()).isEqualTo(library);
    }

    /** helm-java takes the first one, so a library of another platform on the class path does no harm. */
    @Test
    void shouldBeTheFirstThatJavaFinds() {
        assertThat(ServiceLoader.load(NativeLibrary.class)).first().isInstanceOf(HelmLibrary.class);
    }

    /** What is on the class path is in the jar. With {@code -Dplatforms=all} that is the library of every platform. */
    @Test
    void shouldHaveTheLibrariesOfTheImagesWhateverMachineBuilds() {
        Stream<HelmLibrary> needed = "all".equals(System.getProperty("platforms"))
                ? Stream.of("Linux", "Mac OS X")
                        .flatMap(system -> Stream.of("amd64", "aarch64").map(cpu -> new HelmLibrary(system, cpu)))
                : Stream.of(new HelmLibrary("Linux", "amd64"), new HelmLibrary());

        assertThat(needed.flatMap(library -> library.missing().stream()).toList())
                .isEqualTo(List.of());
    }

    @Test
    void shouldSayWhatToDoWhereTheLibraryIsMissing() {
        assertThatThrownBy(new HelmLibrary("Linux", "riscv64")::load)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("helm-linux-riscv64.so")
                .hasMessageContaining("-Dplatforms=all");
    }
}
