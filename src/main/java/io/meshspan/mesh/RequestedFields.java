package io.meshspan.mesh;

import java.util.stream.Stream;

/** What a request says of the mesh as a whole. */
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

    /** Whether nothing was said. */
    boolean areAbsent() {
        return Stream.of(meshId, version, hub, tag, revision).allMatch(RequestField::isAbsent);
    }
}
