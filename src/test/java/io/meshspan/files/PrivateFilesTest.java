package io.meshspan.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PrivateFilesTest {

    private final Path folder;

    PrivateFilesTest(@TempDir Path temporary) {
        folder = temporary.resolve("data");
    }

    @BeforeEach
    void onPosix() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "files have an owner here");
        Files.createDirectory(folder);
        set(folder, "rwxrwxr-x");
    }

    @Test
    void shouldMakeAFolderAndAFileForTheirOwnerAlone() throws IOException {
        Path deep = PrivateFiles.folder(folder.resolve("a/b"));
        PrivateFiles.create(deep.resolve("c.p12"));

        assertThat(rights(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(rights(deep)).isEqualTo("rwx------");
        assertThat(rights(deep.resolve("c.p12"))).isEqualTo("rw-------");
    }

    @Test
    void shouldTakeTheRightsOfOthersFromAFolderThatIsOursAlone() throws IOException {
        Path database = file("meshspan.mv.db", "rw-rw-r--");
        Path keystore = file("evidence.p12", "rw-r--r--");
        Path lock = file("evidence.p12.lock", "rw-r--r--");

        PrivateFiles.protect(folder, List.of(database));

        assertThat(rights(folder)).isEqualTo("rwx------");
        assertThat(List.of(rights(database), rights(keystore), rights(lock))).containsOnly("rw-------");
    }

    @Test
    void shouldLeaveAFolderThatHoldsOtherThingsAndSayThatItIsOpen(CapturedOutput output) throws IOException {
        Path keystore = file("root-ca.p12", "rw-r--r--");
        Path other = file("report.txt", "rw-r--r--");
        Path somebodys = file("somebodys.p12", "rw-r--r--");

        PrivateFiles.protect(folder, List.of(keystore));

        assertThat(rights(folder)).isEqualTo("rwxrwxr-x");
        assertThat(rights(other)).isEqualTo("rw-r--r--");
        assertThat(rights(somebodys)).isEqualTo("rw-r--r--");
        assertThat(rights(keystore)).isEqualTo("rw-------");
        assertThat(output).contains("Every user of this machine can access " + folder + " (rwxrwxr-x", "chmod o-rwx");
    }

    @Test
    void shouldLeaveAFolderThatIsEverybodys() throws IOException {
        Files.setAttribute(folder, "unix:mode", 01777);
        Path keystore = file("root-ca.p12", "rw-r--r--");

        PrivateFiles.protect(folder, List.of(keystore));

        assertThat(rights(folder)).isEqualTo("rwxrwxrwx");
        assertThat(rights(keystore)).isEqualTo("rw-------");
    }

    @Test
    void shouldSayNothingOfAFolderThatIsPrivateAlready(CapturedOutput output) throws IOException {
        Path keystore = file("root-ca.p12", "rw-------");
        set(folder, "rwx------");

        PrivateFiles.protect(folder, List.of(keystore, folder.resolve("not-there.p12")));

        assertThat(output).doesNotContain(folder.toString());
    }

    private Path file(String name, String rights) throws IOException {
        return set(Files.createFile(folder.resolve(name)), rights);
    }

    private static Path set(Path path, String rights) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
