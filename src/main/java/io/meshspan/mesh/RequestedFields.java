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
        RequestField gatewayNamespace,
        RequestField tokenExpiration) {

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
                RequestField.nothing(meshId.where()),
                RequestField.nothing(meshId.where()));
    }

    /** The same with another expiration of the tokens in remote secrets. */
    public RequestedFields with(RequestField expiration) {
        return new RequestedFields(meshId, version, hub, tag, revision, extras, values, gatewayNamespace, expiration);
    }

    /** Whether all fields are empty. */
    boolean areAbsent() {
        return Stream.of(meshId, version, hub, tag, revision).allMatch(RequestField::isAbsent);
    }
}
