package io.meshspan.deploy;

import io.meshspan.kubernetes.Access;
import io.meshspan.sandbox.UsedRights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test, whichever it is: Meshspan used no right in a sandbox cluster that {@code deploy/rights/meshspan.yaml} does not
 * grant. {@code -Dmeshspan.rights.record=FILE} adds the rights that it used to a file.
 */
public final class RightsExtension implements AfterEachCallback {

    private static final Set<Access> SEEN = ConcurrentHashMap.newKeySet();

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        List<Access> used = UsedRights.all().stream().filter(SEEN::add).toList();
        if (used.isEmpty()) {
            return;
        }
        String record = System.getProperty("meshspan.rights.record");
        if (record != null) {
            add(Path.of(record), used);
            return;
        }
        GrantedRights granted = GrantedRights.read();
        List<Access> missing =
                used.stream().filter(access -> !granted.allows(access)).toList();
        if (!missing.isEmpty()) {
            throw new AssertionError("deploy/rights/meshspan.yaml does not grant what Meshspan used: " + missing
                    + ". Grant it there, and name it in src/test/resources/rights/used.txt");
        }
    }

    private static synchronized void add(Path file, List<Access> used) throws IOException {
        Set<String> lines = new TreeSet<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        used.stream().map(GrantedRights::line).forEach(lines::add);
        Files.write(file, lines);
    }
}
