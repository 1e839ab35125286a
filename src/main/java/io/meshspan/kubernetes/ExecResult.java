package io.meshspan.kubernetes;

/** What a command inside a container came to. */
public record ExecResult(int exitCode, String stdout, String stderr) {}
