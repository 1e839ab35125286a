package io.meshspan.cli;

import picocli.CommandLine.Option;

/** The option {@code --output}, the same for all commands that print results. */
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table or json.")
    private Session.Format format = Session.Format.TABLE;

    Session.Format format() {
        return format;
    }
}
