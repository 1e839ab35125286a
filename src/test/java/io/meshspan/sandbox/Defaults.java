package io.meshspan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Some of what an API server fills in or leaves out, so that its clients must cope with that. */
final class Defaults {

    private Defaults() {}

    static void fill(ObjectNode object) {
        if (!object.has("status")) {
            firstStatus(object);
        }
        switch (object.path("kind").asText()) {
            case "Namespace" -> namespace(object);
            case "Secret" -> secret(object);
            case "Service" -> service(object);
            case "Deployment" -> deployment(object);
            case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration" -> webhooks(object);
            default -> {}
        }
    }

    private static void firstStatus(ObjectNode object) {
        switch (object.path("kind").asText()) {
            case "Namespace" -> object.putObject("status").put("phase", "Active");
            case "Service" -> object.putObject("status").putObject("loadBalancer");
            case "Pod" -> object.putObject("status").put("phase", "Pending");
            case "Deployment" -> object.putObject("status");
            default -> {}
        }
    }

    private static void namespace(ObjectNode object) {
        object.withObject("/metadata").withObject("/labels").put("kubernetes.io/metadata.name", Json.name(object));
        if (!object.path("spec").has("finalizers")) {
            object.withObject("/spec").putArray("finalizers").add("kubernetes");
        }
    }

    private static void secret(ObjectNode object) {
        JsonNode text = object.remove("stringData");
        if (text != null) {
            Json.strings(text)
                    .forEach((key, value) -> object.withObject("/data")
                            .put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        }
        absent(object, "type", "Opaque");
    }

    private static void service(ObjectNode object) {
        ObjectNode spec = object.withObject("/spec");
        absent(spec, "type", "ClusterIP");
        absent(spec, "sessionAffinity", "None");
        int hash = Math.floorMod((Json.namespace(object) + "/" + Json.name(object)).hashCode(), 60_000);
        if (!spec.path("type").asText().equals("ExternalName")) {
            absent(spec, "internalTrafficPolicy", "Cluster");
            absent(spec, "clusterIP", "10.96." + (1 + hash / 250) + "." + (1 + hash % 250));
        }
        for (JsonNode port : spec.path("ports")) {
            ObjectNode each = (ObjectNode) port;
            absent(each, "protocol", "TCP");
            if (!each.has("targetPort")) {
                each.set("targetPort", each.path("port"));
            }
            if (spec.path("type").asText().equals("LoadBalancer") && !each.has("nodePort")) {
                each.put(
                        "nodePort",
                        30_000 + Math.floorMod(hash + each.path("port").asInt(), 2_768));
            }
        }
    }

    private static void deployment(ObjectNode object) {
        ObjectNode spec = object.withObject("/spec");
        if (!spec.has("replicas")) {
            spec.put("replicas", 1);
        }
        if (!spec.has("progressDeadlineSeconds")) {
            spec.put("progressDeadlineSeconds", 600);
        }
        if (!spec.has("strategy")) {
            ObjectNode rolling = spec.putObject("strategy").put("type", "RollingUpdate");
            rolling.putObject("rollingUpdate").put("maxSurge", "25%").put("maxUnavailable", "25%");
        }
        ObjectNode pod = spec.withObject("/template").withObject("/spec");
        absent(pod, "restartPolicy", "Always");
        absent(pod, "dnsPolicy", "ClusterFirst");
        absent(pod, "schedulerName", "default-scheduler");
        for (JsonNode each : pod.path("containers")) {
            container((ObjectNode) each);
        }
    }

    private static void container(ObjectNode container) {
        absent(container, "imagePullPolicy", "IfNotPresent");
        absent(container, "terminationMessagePath", "/dev/termination-log");
        absent(container, "terminationMessagePolicy", "File");
        for (JsonNode port : container.path("ports")) {
            absent((ObjectNode) port, "protocol", "TCP");
        }
        for (JsonNode variable : container.path("env")) {
            if (variable.path("value").asText("-").isEmpty()) {
                ((ObjectNode) variable).remove("value");
            }
        }
    }

    private static void webhooks(ObjectNode object) {
        for (JsonNode each : object.path("webhooks")) {
            ObjectNode webhook = (ObjectNode) each;
            absent(webhook, "failurePolicy", "Fail");
            absent(webhook, "matchPolicy", "Equivalent");
            if (!webhook.has("timeoutSeconds")) {
                webhook.put("timeoutSeconds", 10);
            }
            if (webhook.path("clientConfig").path("caBundle").asText("-").isEmpty()) {
                webhook.withObject("/clientConfig").remove("caBundle");
            }
        }
    }

    private static void absent(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }
}
