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
        answer.putObject("status")
                .put("token", cluster.tokens().issue(target.namespace(), target.name(), ""))
                .put(
                        "expirationTimestamp",
                        Instant.now()
                                .plusSeconds(seconds)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        return answer;
    }
}
