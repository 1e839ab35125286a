package io.meshspan.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshspan.finding.FailureCode;
import io.meshspan.finding.Finding;
import io.meshspan.finding.StepFailed;
import io.meshspan.mesh.IstioVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The program istioctl. Meshspan uses it for its version and for manifests; neither needs a cluster. */
final class Istioctl {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 600;

    /** Istioctl's words where it started, and what it was given is the reason. */
    private static final Pattern REFUSED_VALUES = Pattern.compile("could not unmarshal|unknown field|helm render:");

    private final RenderingProperties.Istioctl properties;

    Istioctl(RenderingProperties.Istioctl properties) {
        this.properties = properties;
    }

    String program(IstioVersion version) {
        return properties.path().replace("{version}", version.toString());
    }

    /** The version that istioctl itself reports. */
    String version(IstioVersion wanted) {
        String answer = run(wanted, List.of("version", "--remote=false", "-o", "json"));
        try {
            return JSON.readTree(answer).at("/clientVersion/version").asText();
        } catch (JsonProcessingException e) {
            throw unusable(wanted, "an answer to 'version' that is not JSON");
        }
    }

    String generate(IstioVersion version, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("manifest", "generate"));
        words.addAll(arguments);
        return run(version, words);
    }

    private String run(IstioVersion version, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program(version)));
        command.addAll(arguments);
        try {
            return output(version, ChildProcess.run(properties.limit(), command));
        } catch (IOException e) {
            throw unusable(version, "no program that can be started: " + e.getMessage());
        }
    }

    private String output(IstioVersion version, Optional<ChildProcess.Ended> ended) {
        ChildProcess.Ended end =
                ended.orElseThrow(() -> unusable(version, "no end within %s".formatted(properties.limit())));
        if (end.code() != 0 && REFUSED_VALUES.matcher(end.errors()).find()) {
            throw new StepFailed(
                    FailureCode.CHARTS_UNUSABLE,
                    Finding.blocking(
                            "istioctl",
                            "values of this mesh",
                            "values that an IstioOperator can hold and Istio's charts can render",
                            lastOf(end.errors()),
                            "Correct this value or leave it out, or set meshspan.renderer to helm."));
        }
        if (end.code() != 0) {
            throw unusable(version, "exit code %d: %s".formatted(end.code(), lastOf(end.errors())));
        }
        return end.output();
    }

    private static String lastOf(String text) {
        String all = text.strip();
        return all.substring(Math.max(0, all.length() - MOST));
    }

    private StepFailed unusable(IstioVersion version, String found) {
        return new StepFailed(
                FailureCode.CHARTS_UNUSABLE,
                Finding.blocking(
                        "istioctl",
                        program(version),
                        "istioctl of Istio %d.%d".formatted(version.major(), version.minor()),
                        found,
                        "Put it there, name another in meshspan.istioctl.path, or set meshspan.renderer to helm."));
    }
}
