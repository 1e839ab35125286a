package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Requests that store nothing: may I, and give me a token. */
final class Reviews {

    private final RunningCluster cluster;

    Reviews(RunningCluster cluster) {
        this.cluster = cluster;
    }

    ObjectNode access(ApiRequest request) {
        ObjectNode review = Json.parseObject(request.body());
        JsonNode asked = review.path("spec").path("resourceAttributes");
        String resource = asked.path("resource").asText();
        String subresource = asked.path("subresource").asText();
        Call call = new Call(
                asked.path("verb").asText(),
                subresource.isEmpty() ? resource : resource + "/" + subresource,
                asked.path("namespace").asText(),
                asked.path("name").asText());
        boolean may = (call.verb().equals("*")
                        ? cluster.levers().allowsAll()
                        : cluster.levers().allows(call))
                && (!call.writes() || cluster.tokens().administers(request.token()));
        review.putObject("status").put("allowed", may);
        return review;
    }

    ObjectNode authentication(ApiRequest request) {
        ObjectNode review = Json.parseObject(request.body());
        boolean known =
                cluster.tokens().accepts(review.path("spec").path("token").asText());
        ((ObjectNode) review.path("spec")).remove("token");
        review.putObject("status").put("authenticated", known);
        return review;
    }

    ObjectNode token(Target target, ApiRequest request) {
        if (cluster.store().get(target.key()).isEmpty()) {
            throw StatusBody.notFound(target.described());
        }
        ObjectNode answer = Json.parseObject(request.body());
        long seconds = answer.path("spec").path("expirationSeconds").asLong(3600);
        JsonNode bound = answer.path("spec").path("boundObjectRef");
        if (bound.path("kind").asText().equals("Secret")
                && cluster.tokens().uid(target.namespace(), bound).isEmpty()) {
            throw StatusBody.notFound(
                    "secrets \"%s\"".formatted(bound.path("name").asText()));
        }
        Instant ends = Instant.now()
                .plusSeconds(Math.min(seconds, cluster.levers().longestToken().toSeconds()))
                .truncatedTo(ChronoUnit.SECONDS);
        answer.putObject("status")
                .put("token", cluster.tokens().request(target.namespace(), target.name(), bound, ends))
                .put("expirationTimestamp", ends.toString());
        return answer;
    }
}
