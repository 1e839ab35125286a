package io.meshspan.mesh;

import java.util.stream.Stream;

/** The fields of a request that concern the whole mesh. */
public record RequestedFields(
        RequestField meshId,
        RequestField version,
        RequestField hub,
        RequestField tag,
        RequestField revision,
        ProfileExtras extras,
        RequestedValues values,
        RequestField gatewayNamespace) {

    public RequestedFields(
            RequestField meshId,
            RequestField version,
            RequestField hub,
            RequestField tag,
            RequestField revision,
            ProfileExtras extras) {
        this(
                meshId,
                version,
                hub,
                tag,
                revision,
                extras,
                RequestedValues.none(meshId.where()),
                RequestField.nothing(meshId.where()));
    }

    /** Whether all fields are empty. */
    boolean areAbsent() {
        return Stream.of(meshId, version, hub, tag, revision).allMatch(RequestField::isAbsent);
    }
}
