package io.meshspan.mesh;

import java.util.List;
import java.util.Map;

/**
 * Values that somebody gave, with the places where their keys stand.
 *
 * @param where where they begin
 * @param places where each key stands, by its path from the part on
 */
public record RequestedValues(HelmValues values, String where, Map<List<String>, String> places) {

    public RequestedValues {
        places = Map.copyOf(places);
    }

    public static RequestedValues none(String where) {
        return new RequestedValues(HelmValues.NONE, where, Map.of());
    }

    String place(List<String> path) {
        return places.getOrDefault(path, where);
    }
}
