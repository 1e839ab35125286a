package io.meshspan.mesh;

import java.util.List;
import java.util.Map;

/**
 * The given values, with the places of their keys.
 *
 * @param where the place where they begin
 * @param places the place of each key, by its path starting with the part
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
