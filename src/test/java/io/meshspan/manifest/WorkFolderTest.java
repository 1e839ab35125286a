package io.meshspan.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

    private static final int COLLECTIONS = 10;

    @Test
    void shouldKeepAFileForItsOwnerAloneAndOnlyWhileItIsUsed() {
        Path used = WorkFolder.withFile(".json", "content", file -> {
            assertThat(file).hasContent("content");
            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(permissions(file.resolveSibling("."))).isEqualTo("rwx------");
            return file;
        });

        assertThat(used).doesNotExist();
    }

    @Test
    void shouldTakeAwayWhatADeadProcessLeftAndNothingElse(@TempDir Path temporary) throws IOException {
        // given
        Path left = Files.createDirectory(temporary.resolve("meshspan-work-1"));
        Files.writeString(left.resolve("in-use"), "");
        Files.writeString(left.resolve("input.json"), "a token");
        Path held = OrphanedFolders.claimed(temporary);
        Path foreign = Files.createDirectory(temporary.resolve("something-else"));

        // when
        OrphanedFolders.remove(temporary);

        // then
        assertThat(left).doesNotExist();
        assertThat(held).isDirectoryContaining("glob:**in-use");
        assertThat(foreign).exists();
    }

    @Test
    void shouldMakeAnotherFolderWhereItsOwnWasTidiedAway() {
        Path tidied = WorkFolder.withFile(".json", "content", Path::getParent);
        OrphanedFolders.delete(tidied);

        assertThat(WorkFolder.<Path>withFile(".json", "content", Path::getParent))
                .isNotEqualTo(tidied);
    }

    /** Another process would take away the folder of a living one whose lock was collected. */
    @Test
    void shouldHoldTheFolderHoweverOftenGarbageIsCollected(@TempDir Path temporary) {
        Path held = OrphanedFolders.claimed(temporary);

        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            OrphanedFolders.remove(temporary);
        }

        assertThat(held).exists();
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
