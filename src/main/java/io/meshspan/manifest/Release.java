package io.meshspan.manifest;

import java.util.Map;

/** A chart, the name under which Helm users know its installation, and the values that it is given. */
public record Release(Chart chart, String name, Map<String, Object> values) {}
