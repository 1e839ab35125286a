package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers as an API server would: who is it, may they, is it served, and then reads, writes and streams. */
final class ApiDispatcher extends Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(ApiDispatcher.class);

    private final RunningCluster cluster;
    private final Executor sender;
    private final Runnable before;
    private final Catalog catalog;
    private final ApiResources apiResources;
    private final ObjectReads reads;
    private final ObjectWrites writes;
    private final Reviews reviews;
    private final PodStreams streams;

    /** @param before is run before each request */
    ApiDispatcher(RunningCluster cluster, Shell shell, Executor sender, Runnable before) {
        this.cluster = cluster;
        this.sender = sender;
        this.before = before;
        this.catalog = new Catalog(cluster.store());
        this.apiResources = new ApiResources(catalog, cluster.levers());
        this.reads = new ObjectReads(cluster.store());
        this.writes = new ObjectWrites(cluster.store());
        this.reviews = new Reviews(cluster);
        this.streams = new PodStreams(cluster, shell);
    }

    @Override
    public MockResponse dispatch(RecordedRequest recorded) {
        before.run();
        cluster.levers().silence().await();
        try {
            return answer(ApiRequest.of(recorded));
        } catch (StatusBody statusBody) {
            return json(statusBody.code(), Serialization.asJson(statusBody.status()));
        } catch (RuntimeException bug) {
            LOG.warn("{}: {} {} has no answer", cluster.name(), recorded.getMethod(), recorded.getPath(), bug);
            return json(500, "{}");
        }
    }

    private MockResponse answer(ApiRequest request) {
        if (!cluster.tokens().accepts(request.token())) {
            throw StatusBody.unauthorized();
        }
        Optional<JsonNode> discovered = apiResources.answer(request.path());
        if (discovered.isPresent()) {
            return json(200, discovered.get().toString());
        }
        Target target = Target.of(request.path(), catalog);
        Call call = target.call(request);
        if (cluster.tokens().isMeshspans(request.token())) {
            UsedRights.add(target.resource().group(), call, request.contentType());
        }
        boolean review = target.resource().plural().equals("selfsubjectaccessreviews");
        cluster.levers().passOrFail(call);
        if (review) {
            return json(201, reviews.access(request).toString());
        }
        if (target.resource().plural().equals("tokenreviews")) {
            return json(201, reviews.authentication(request).toString());
        }
        boolean reader = !cluster.tokens().administers(request.token());
        if (!cluster.levers().allows(call) || (reader && call.writes())) {
            throw StatusBody.forbidden(target.resource().qualified() + " is forbidden: cannot " + call.verb()
                    + " resource \"" + call.resource() + "\"");
        }
        if (request.watches()) {
            return new MockResponse().withWebSocketUpgrade(new WatchStream(cluster.store(), sender, target, request));
        }
        if (target.streams()) {
            return new MockResponse().withWebSocketUpgrade(streams.open(target, request));
        }
        return request.method().equals("GET") ? read(target, request) : write(target, request, call);
    }

    private MockResponse read(Target target, ApiRequest request) {
        ObjectNode answer = target.name().isEmpty() ? reads.list(target, request) : reads.get(target);
        return json(200, answer.toString());
    }

    private MockResponse write(Target target, ApiRequest request, Call call) {
        if (target.subresource().equals("token")) {
            return json(201, reviews.token(target, request).toString());
        }
        boolean makesPod = request.method().equals("POST") && target.resource().is("", "pods");
        if (makesPod
                && !cluster.levers().podRefusal().isEmpty()
                && cluster.store().get(Namespace.class, "", target.namespace()).isPresent()) {
            throw StatusBody.forbidden("pods is forbidden: " + cluster.levers().podRefusal());
        }
        ObjectNode written = switch (request.method()) {
            case "POST" -> writes.create(target, request);
            case "PUT" -> writes.update(target, request);
            case "PATCH" -> writes.patch(target, request);
            case "DELETE" -> writes.delete(target, request);
            default -> throw StatusBody.badRequest("method not allowed");
        };
        if (!request.dryRun()) {
            cluster.wrote(
                    new Write(call.verb(), target.resource().kind(), Json.namespace(written), Json.name(written)));
        }
        return json(
                request.method().equals("POST") ? 201 : 200,
                ObjectReads.view(target.resource(), written).toString());
    }

    private MockResponse json(int code, String body) {
        return new MockResponse()
                .setResponseCode(code)
                .addHeader("Content-Type", "application/json")
                .addHeader("Date", cluster.levers().date())
                .setBody(body);
    }
}
