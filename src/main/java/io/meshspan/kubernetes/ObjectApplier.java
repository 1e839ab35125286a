package io.meshspan.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.meshspan.difference.Difference;
import io.meshspan.difference.FieldChange;
import io.meshspan.difference.IgnoredFields;
import io.meshspan.difference.WebhookFields;
import io.meshspan.finding.TransientException;
import io.meshspan.kubernetes.failure.ClientExceptionTranslator;
import io.meshspan.kubernetes.failure.TransientRetry;
import io.meshspan.mesh.ClusterName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-side apply that only writes differences, and its dry run. An apply without a change is still a write call, so an
 * existing object is first compared with the answer of a dry run.
 */
final class ObjectApplier {

    static final String FIELD_MANAGER = Cluster.FIELD_MANAGER;

    private static final Logger LOG = LoggerFactory.getLogger(ObjectApplier.class);
    private static final String APPLY = "application/apply-patch+yaml";
    private static final Pattern UNASKED =
            Pattern.compile("cannot (patch|create) resource|because it is being terminated");
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int LOOKS = 3;
    private static final PatchContext DRY_RUN = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .withDryRun(List.of("All"))
            .build();

    private final ClusterName cluster;
    private final KubernetesClient client;
    private final ApiDiscovery apiDiscovery;
    private final ApiRequests requests;
    private final IgnoredFields ignored;
    private final StandInNamespace standIn;
    private final DryRunCache dryRunCache = new DryRunCache();

    ObjectApplier(
            ClusterName cluster,
            KubernetesClient client,
            ApiDiscovery apiDiscovery,
            ApiRequests requests,
            IgnoredFields ignored,
            StandInNamespace standIn) {
        this.ignored = ignored;
        this.standIn = standIn;
        this.cluster = cluster;
        this.client = client;
        this.apiDiscovery = apiDiscovery;
        this.requests = requests;
    }

    AppliedObject apply(HasMetadata object) {
        GenericKubernetesResource desired = apiDiscovery.generic(object);
        Resource<GenericKubernetesResource> target = apiDiscovery
                .resource(desired)
                .orElseThrow(() -> new TransientException("%s, %s: the API server does not serve this kind yet"
                        .formatted(cluster, ObjectRef.of(desired))));
        Optional<GenericKubernetesResource> live = Optional.ofNullable(ApiDiscovery.live(target));
        if (live.isPresent() && changes(target, live.get(), desired, LOOKS).isEmpty()) {
            return done(desired, ApplyOutcome.UNCHANGED);
        }
        patch(live.map(l -> kept(l, desired)).orElse(desired), false);
        return done(desired, live.isPresent() ? ApplyOutcome.PATCHED : ApplyOutcome.CREATED);
    }

    /** What {@link #apply} would do: the API server does everything except store it. */
    DryRunResult preview(HasMetadata object) {
        GenericKubernetesResource desired = apiDiscovery.generic(object);
        ObjectRef ref = ObjectRef.of(desired);
        standIn.wanted(desired);
        Optional<Resource<GenericKubernetesResource>> target = apiDiscovery.resource(desired);
        if (target.isEmpty()) {
            return new DryRunResult(cluster, ref, ApplyOutcome.CREATED, List.of(), false);
        }
        GenericKubernetesResource live = ApiDiscovery.live(target.get());
        if (live == null) {
            return new DryRunResult(cluster, ref, ApplyOutcome.CREATED, List.of(), accepted(desired));
        }
        List<FieldChange> changes = changes(target.get(), live, desired, LOOKS);
        return new DryRunResult(
                cluster, ref, changes.isEmpty() ? ApplyOutcome.UNCHANGED : ApplyOutcome.PATCHED, changes, true);
    }

    AppliedObject delete(HasMetadata reference) {
        GenericKubernetesResource object = apiDiscovery.generic(reference);
        Optional<Resource<GenericKubernetesResource>> target = apiDiscovery.resource(object);
        boolean there = target.isPresent() && target.get().get() != null;
        if (there) {
            target.get().delete();
        }
        return done(object, there ? ApplyOutcome.DELETED : ApplyOutcome.UNCHANGED);
    }

    /** Of several such writes at once, only one succeeds; an apply does not offer that. False if another write was first. */
    boolean replace(HasMetadata object) {
        String seen = object.getMetadata().getResourceVersion();
        try {
            if (seen == null) {
                client.resource(object).create();
            } else {
                client.resource(object).lockResourceVersion(seen).update();
            }
            return true;
        } catch (KubernetesClientException e) {
            boolean late = e.getCode() == CONFLICT || (seen != null && e.getCode() == NOT_FOUND);
            if (late) {
                return false;
            }
            throw e;
        }
    }

    /** A controller may write between the read and the dry run. Its changes are not ours, so this reads again. */
    private List<FieldChange> changes(
            Resource<GenericKubernetesResource> target,
            GenericKubernetesResource live,
            GenericKubernetesResource desired,
            int looks) {
        if (dryRunCache.equal(live, desired)) {
            return List.of();
        }
        GenericKubernetesResource applied = TransientRetry.ifLost(() -> target.patch(DRY_RUN, kept(live, desired)));
        List<FieldChange> changes = Difference.between(live, ignored.keep(live, applied));
        if (changes.isEmpty()) {
            dryRunCache.remember(live, desired);
            return changes;
        }
        GenericKubernetesResource now = moved(live, applied) && looks > 1 ? ApiDiscovery.live(target) : null;
        return now == null ? changes : changes(target, now, desired, looks - 1);
    }

    /** The desired object, with the current values of the fields that others write. */
    private GenericKubernetesResource kept(GenericKubernetesResource live, GenericKubernetesResource desired) {
        return ignored.keep(live, WebhookFields.keep(live, desired));
    }

    private static boolean moved(GenericKubernetesResource live, GenericKubernetesResource applied) {
        return !Objects.equals(
                live.getMetadata().getResourceVersion(), applied.getMetadata().getResourceVersion());
    }

    /** False if the dry run of a creation fails because its namespace does not exist yet. */
    private boolean accepted(GenericKubernetesResource desired) {
        try {
            patch(desired, true);
            return true;
        } catch (KubernetesClientException e) {
            if (isMissing(e)) {
                return acceptedInStandIn(desired);
            }
            throw e;
        }
    }

    /** False if there is no other namespace for the dry run, or no right to use it. */
    private boolean acceptedInStandIn(GenericKubernetesResource desired) {
        String namespace = desired.getMetadata().getNamespace();
        Optional<String> other = namespace == null ? Optional.empty() : standIn.insteadOf(namespace);
        if (other.isEmpty()) {
            return false;
        }
        try {
            patch(moved(desired, other.get()), true);
            return true;
        } catch (KubernetesClientException e) {
            String words = e.getStatus() == null
                    ? ""
                    : Objects.requireNonNullElse(e.getStatus().getMessage(), "");
            if (isMissing(e) || UNASKED.matcher(words).find()) {
                return false;
            }
            throw e;
        }
    }

    /** The namespace or the kind is missing. A webhook may deny a request with 404, too. */
    private static boolean isMissing(KubernetesClientException e) {
        return e.getCode() == NOT_FOUND && !ClientExceptionTranslator.isDenial(e);
    }

    private static GenericKubernetesResource moved(GenericKubernetesResource desired, String namespace) {
        GenericKubernetesResource moved = new GenericKubernetesResource();
        moved.setApiVersion(desired.getApiVersion());
        moved.setKind(desired.getKind());
        moved.setMetadata(new ObjectMetaBuilder(desired.getMetadata())
                .withNamespace(namespace)
                .build());
        moved.setAdditionalProperties(desired.getAdditionalProperties());
        return moved;
    }

    /**
     * The caller ignores the result. So the API server returns metadata only, and does not parse the body a second time to
     * find fields to warn about. For Istio's CRDs, a megabyte in each cluster, both save much of the work.
     */
    private void patch(GenericKubernetesResource wanted, boolean dryRun) {
        HttpRequest request = requests.to(path(wanted) + (dryRun ? "&dryRun=All" : ""))
                .method("PATCH", APPLY, client.getKubernetesSerialization().asJson(wanted))
                .header("Accept", ApiRequests.METADATA)
                .build();
        TransientRetry.ifLost(() -> {
            requests.send(request);
            return wanted;
        });
    }

    /** The API server stops when this service does, not after its own 34 s. */
    private String path(GenericKubernetesResource wanted) {
        ObjectRef object = ObjectRef.of(wanted);
        long seconds = Math.max(
                1,
                Duration.ofMillis(client.getConfiguration().getRequestTimeout()).toSeconds());
        return apiDiscovery
                .path(object)
                .map(path -> "%s/%s?fieldManager=%s&force=true&fieldValidation=Ignore&timeout=%ds"
                        .formatted(path, object.name(), FIELD_MANAGER, seconds))
                .orElseThrow(() -> new KubernetesClientException("%s is not served".formatted(object)));
    }

    private AppliedObject done(GenericKubernetesResource object, ApplyOutcome applyOutcome) {
        ObjectRef ref = ObjectRef.of(object);
        if (applyOutcome != ApplyOutcome.UNCHANGED) {
            LOG.info("{}: {} {}", cluster, ref, applyOutcome);
        }
        return new AppliedObject(cluster, ref, applyOutcome);
    }

    /**
     * Remembers at which resourceVersion a desired object was compared, so that a step need not repeat the dry run of the
     * plan. The result is valid while neither has changed. Istio's CRDs are a megabyte, and their dry run is most of the
     * cost of a second run. Secrets are not remembered.
     */
    private static final class DryRunCache {

        private record Equal(String resourceVersion, GenericKubernetesResource desired) {}

        private final Map<ObjectRef, Equal> known = new ConcurrentHashMap<>();

        boolean equal(GenericKubernetesResource live, GenericKubernetesResource desired) {
            Equal equal = known.get(ObjectRef.of(live));
            return equal != null
                    && equal.resourceVersion().equals(live.getMetadata().getResourceVersion())
                    && equal.desired().equals(desired);
        }

        void remember(GenericKubernetesResource live, GenericKubernetesResource desired) {
            if (!desired.getKind().equals("Secret")) {
                known.put(ObjectRef.of(live), new Equal(live.getMetadata().getResourceVersion(), desired));
            }
        }
    }
}
