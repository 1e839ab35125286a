package io.meshspan.manifest;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StartupFailure;
import io.meshspan.mesh.HelmValues;
import io.meshspan.mesh.ValuesPart;
import io.meshspan.mesh.ValuesRules;
import io.meshspan.meshfile.ValuesText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values for the whole company, read once at start. They are in one file with parts by their names, or in a folder. The
 * folder holds such files and files that are named after their part, such as {@code istiod.yaml}. The files of a folder are
 * merged in the order of their names.
 */
final class CompanyValues {

    private static final Pattern FILE = Pattern.compile("(.+)\\.(ya?ml|json)");
    private static final String KEY = "meshspan.values";

    private CompanyValues() {}

    /** @throws StartupFailure with everything that is wrong */
    static HelmValues read(@Nullable Path path) {
        if (path == null) {
            return HelmValues.NONE;
        }
        List<Finding> findings = new ArrayList<>();
        HelmValues values = HelmValues.NONE;
        for (Path file : files(path)) {
            values = values(file, findings).over(values);
        }
        if (!findings.isEmpty()) {
            throw wrong("%s cannot be used:\n%s"
                    .formatted(
                            KEY,
                            String.join(
                                    "\n",
                                    findings.stream().map(Finding::toString).toList())));
        }
        return values;
    }

    private static HelmValues values(Path file, List<Finding> findings) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        ValuesPart part = name.matches() ? ValuesPart.of(name.group(1)).orElse(null) : null;
        ValuesText text = ValuesText.read(file.toString(), content(file), part);
        findings.addAll(text.findings());
        findings.addAll(ValuesRules.findings(text.values()));
        return text.values().values();
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            FILE.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static StartupFailure unreadable(Path path, IOException e) {
        return wrong("%s: expected a file or a folder with values, found %s at %s."
                .formatted(KEY, e.getClass().getSimpleName(), path.toAbsolutePath()));
    }

    private static StartupFailure wrong(String problem) {
        return new StartupFailure(
                ExitCode.SETTINGS,
                problem,
                "Correct it and start again, or leave %s out; docs/values.md has the form.".formatted(KEY));
    }
}
