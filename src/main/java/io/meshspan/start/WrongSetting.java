package io.meshspan.start;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A setting that cannot be used.
 *
 * @param key the setting's name
 * @param where the file and line, the argument or the environment variable that sets it
 * @param found the given value, never a secret's
 */
record WrongSetting(String key, String where, String expected, String found) {

    /** Reports all of them at once, so that nobody has to restart once for each. */
    static StartupFailure all(List<WrongSetting> wrong) {
        return new StartupFailure(
                ExitCode.SETTINGS,
                (wrong.size() == 1 ? "A setting is wrong:" : wrong.size() + " settings are wrong:")
                        + wrong.stream().map(WrongSetting::lines).collect(Collectors.joining()),
                "Correct %s and start again; docs/settings.md lists all settings, with their defaults and bounds."
                        .formatted(wrong.size() == 1 ? "it" : "them"));
    }

    private String lines() {
        return "\n\n    %s\n        where:    %s\n        expected: %s\n        found:    %s"
                .formatted(key, where, expected, found);
    }
}
