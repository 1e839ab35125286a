package io.meshspan.meshfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meshspan.finding.Finding;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What the parser could not make sense of, in its own words but without the lines that it quotes. */
final class Syntax {

    private Syntax() {}

    static Finding finding(JsonProcessingException e) {
        Place place = e.getLocation() == null ? new Place(1, 1) : Place.of(e.getLocation());
        return place.wrong("YAML", "a text that can be parsed", problem(e), "Correct it there, or just before it.");
    }

    private static String problem(JsonProcessingException e) {
        return e.getCause() instanceof MarkedYAMLException yaml
                ? yaml.getProblem()
                : e.getOriginalMessage().lines().findFirst().orElse("something else");
    }
}
