package io.meshspan.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentedChecksTest {

    @Test
    void shouldTellOfEveryCheckInTheDocument() throws IOException {
        // given
        List<String> checks = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.meshspan.preflight").stream()
                        .filter(type ->
                                type.isAssignableTo(Check.class) || type.isAssignableTo(CrossClusterCheck.class))
                        .filter(type -> !type.isInterface())
                        .map(JavaClass::getSimpleName)
                        .map("| `%s` |"::formatted)
                        .toList();

        // then
        assertThat(checks).hasSizeGreaterThan(15);
        assertThat(Files.readString(Path.of("docs/preflight.md"))).contains(checks);
    }
}
