package io.meshspan.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a process has used since its start, by Linux's {@code /proc}.
 *
 * @param mostMemory the most MiB of memory that it had resident
 */
record ProcessUsage(Duration cpu, int mostMemory) {

    static ProcessUsage of(long pid) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"));
        int kilobytes = status.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
        return new ProcessUsage(
                ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow(),
                kilobytes / 1024);
    }

    double cpuSince(ProcessUsage before) {
        return cpu.minus(before.cpu()).toMillis() / 1e3;
    }
}
