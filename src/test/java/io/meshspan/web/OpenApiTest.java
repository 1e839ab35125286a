package io.meshspan.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Other tools read the description of the interface, too. */
class OpenApiTest {

    @Test
    void shouldBeReadByAValidatorWithoutAComplaint() throws IOException {
        SwaggerParseResult read = parsed(OpenApi.text());

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSizeGreaterThan(10);
        assertThat(read.getOpenAPI().getComponents().getSchemas()).containsKeys("Problem", "Change", "ChangeRequest");
    }

    /** The validator finds what this file was once broken by, and what a reference could be broken by. */
    @Test
    void shouldHearOfAFileThatIsBroken() throws IOException {
        String comma = OpenApi.text().replace("description: the earliest start,", "description: the, earliest start,");
        String reference = OpenApi.text().replace("#/components/schemas/Started", "#/components/schemas/Nothing");

        assertThat(List.of(comma, reference))
                .allSatisfy(broken -> assertThat(complaints(broken)).isNotEmpty());
    }

    private static List<String> complaints(String text) {
        return parsed(text).getMessages();
    }

    private static SwaggerParseResult parsed(String text) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        return new OpenAPIV3Parser().readContents(text, null, options);
    }
}
