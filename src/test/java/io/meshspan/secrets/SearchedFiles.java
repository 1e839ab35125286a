package io.meshspan.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every file below a folder, byte by byte: logs, the files of H2, evidence. */
final class SearchedFiles {

    private SearchedFiles() {}

    static void search(Path top) {
        try (Stream<Path> files = Files.walk(top)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            all.forEach(SearchedFiles::searchFile);
        } catch (NoSuchFileException | UncheckedIOException gone) {
            // somebody else's, who cleaned up meanwhile
        } catch (IOException e) {
            LeakedSecrets.notSearched(top.toString(), e);
        }
    }

    private static void searchFile(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            LeakedSecrets.add(TestSecrets.NEEDLES.in(content), file.toString());
        } catch (NoSuchFileException gone) {
            // as above
        } catch (IOException e) {
            LeakedSecrets.notSearched(file.toString(), e);
        }
    }
}
