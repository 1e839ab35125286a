package io.meshspan.web;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;

/**
 * One request by which somebody could get a change applied that nobody else approved.
 *
 * @param path with {@code {jobDefinition}}, {@code {change}}, {@code {called}} (the process instance with the task), {@code {task}},
 *     {@code {definition}} and {@code {job}} to be filled in
 * @param words part of the answer
 */
record BypassRequest(String user, HttpMethod method, String path, Object body, String words) {

    private static final Map<String, Object> MINE = Map.of("value", "mine");
    private static final Map<String, Object> WRITES = Map.of("approved", Map.of("value", true), "planDigest", MINE);
    private static final List<Map<String, String>> BEHIND =
            List.of(Map.of("type", "startBeforeActivity", "activityId", "Task_Decide"));

    static Stream<BypassRequest> all() {
        return Stream.of(
                        moving(),
                        reporting(),
                        writing(),
                        starting(),
                        deploying(),
                        deleting(),
                        filtering(),
                        forgetting(),
                        assigning(),
                        standingStill(),
                        remarking())
                .flatMap(ways -> ways);
    }

    private static Stream<BypassRequest> moving() {
        Map<String, Object> behind = Map.of("instructions", BEHIND);
        Map<String, Object> batch = Map.of(
                "processDefinitionId",
                "{definition}",
                "instructions",
                BEHIND,
                "processInstanceIds",
                List.of("{change}"));
        Map<String, Object> plan = Map.of(
                "sourceProcessDefinitionId",
                "{definition}",
                "targetProcessDefinitionId",
                "{definition}",
                "instructions",
                List.of(Map.of(
                        "sourceActivityIds",
                        List.of("Activity_Prepare"),
                        "targetActivityIds",
                        List.of("Activity_Prepare"))));
        Map<String, Object> migration = Map.of("migrationPlan", plan, "processInstanceIds", List.of("{change}"));
        String words = "A change follows its diagram";
        return Stream.of(
                admin(POST, "/process-instance/{change}/modification", behind, words),
                admin(POST, "/process-instance/{change}/modification-async", behind, words),
                admin(POST, "/modification/execute", batch, words),
                admin(POST, "/modification/executeAsync", batch, words),
                admin(POST, "/migration/execute", migration, words),
                admin(POST, "/migration/executeAsync", migration, words),
                admin(POST, "/process-definition/{definition}/restart", batch, words),
                admin(POST, "/process-definition/{definition}/restart-async", batch, words),
                admin(POST, "/task/{task}/delegate", Map.of("userId", "carla"), words),
                admin(POST, "/task/{task}/resolve", Map.of(), words),
                admin(POST, "/task/{task}/bpmnError", Map.of("errorCode", "any"), words),
                admin(POST, "/task/{task}/bpmnEscalation", Map.of("escalationCode", "any"), words));
    }

    private static Stream<BypassRequest> reporting() {
        Map<String, Object> message = Map.of("messageName", "ConditionMet", "processVariables", WRITES);
        String words = "events cannot be sent by hand";
        String jobs = "Only the engine runs steps and timers";
        return Stream.of(
                admin(POST, "/message", message, words),
                admin(POST, "/process-instance/message-async", batchOf(message), words),
                admin(POST, "/signal", Map.of("name", "any", "variables", WRITES), words),
                admin(POST, "/execution/{called}/signal", Map.of("variables", WRITES), words),
                admin(POST, "/execution/{called}/messageSubscriptions/ConditionMet/trigger", Map.of(), words),
                admin(POST, "/condition", Map.of("variables", WRITES), words),
                admin(POST, "/job/{job}/execute", Map.of(), jobs),
                admin(DELETE, "/job/{job}", Map.of(), jobs),
                admin(PUT, "/job/{job}/duedate", Map.of("duedate", "2035-01-01T00:00:00.000+0000"), jobs),
                admin(POST, "/job/{job}/duedate/recalculate", Map.of(), jobs),
                admin(
                        POST,
                        "/external-task/any/bpmnError",
                        Map.of("workerId", "w", "errorCode", "any"),
                        "No step of a"),
                admin(POST, "/external-task/any/complete", Map.of("workerId", "w"), "No step of a change"));
    }

    private static Map<String, Object> batchOf(Map<String, Object> message) {
        return Map.of("messageName", message.get("messageName"), "processInstanceIds", List.of("{called}"));
    }

    private static Stream<BypassRequest> writing() {
        Map<String, Object> several = Map.of("modifications", WRITES);
        Map<String, Object> batch = Map.of("processInstanceIds", List.of("{called}"), "variables", WRITES);
        return Stream.of(
                        way("/process-instance/{called}/variables", several),
                        way("/process-instance/{change}/variables", several),
                        way("/execution/{called}/localVariables", several),
                        way("/task/{task}/variables", several),
                        way("/task/{task}/localVariables", several),
                        new BypassRequest("admin", PUT, "/process-instance/{called}/variables/planDigest", MINE, ""),
                        new BypassRequest("admin", PUT, "/execution/{called}/localVariables/planDigest", MINE, ""),
                        new BypassRequest("admin", PUT, "/task/{task}/variables/planDigest", MINE, ""),
                        new BypassRequest("admin", PUT, "/task/{task}/localVariables/planDigest", MINE, ""),
                        new BypassRequest(
                                "admin", DELETE, "/process-instance/{called}/variables/planDigest", Map.of(), ""),
                        new BypassRequest("admin", DELETE, "/task/{task}/variables/planDigest", Map.of(), ""),
                        way("/process-instance/variables-async", batch))
                .map(way -> way.saying("Only steps and forms write the variables"));
    }

    private static Stream<BypassRequest> starting() {
        String part = "is a part of others and is started by them alone";
        return Stream.of(
                admin(POST, "/process-definition/key/gated-preparation/start", Map.of(), part),
                admin(POST, "/process-definition/key/gated-preparation/submit-form", Map.of(), part),
                admin(POST, "/process-definition/{calledDefinition}/start", Map.of("variables", WRITES), part),
                admin(
                        POST,
                        "/process-definition/key/gated-change/start",
                        Map.of("startInstructions", BEHIND),
                        "A change follows its diagram"));
    }

    private static Stream<BypassRequest> deploying() {
        return Stream.of(
                admin(DELETE, "/deployment/{deployment}?cascade=true", Map.of(), "are a part of this release"),
                admin(DELETE, "/process-definition/{definition}?cascade=true", Map.of(), "are a part of this release"),
                admin(
                        DELETE,
                        "/process-definition/key/gated-change?cascade=true",
                        Map.of(),
                        "are a part of this release"),
                admin(POST, "/deployment/{deployment}/redeploy", Map.of(), "are a part of this release"));
    }

    private static Stream<BypassRequest> deleting() {
        String whole = "A change is deleted as a whole, by deleting process instance {change}";
        return Stream.of(
                admin(DELETE, "/process-instance/{called}?skipCustomListeners=true", Map.of(), whole),
                admin(DELETE, "/process-instance/{change}?skipSubprocesses=true", Map.of(), whole),
                admin(
                        POST,
                        "/process-instance/delete",
                        Map.of("processInstanceIds", List.of("{called}"), "skipSubprocesses", true),
                        "A change follows its diagram"));
    }

    /** An expression of a stored filter may name every bean of the service, and log out whoever runs it. */
    private static Stream<BypassRequest> filtering() {
        Map<String, Object> query = Map.of("assigneeExpression", "${identityService.clearAuthentication()}");
        Map<String, Object> filter = Map.of("resourceType", "Task", "name", "mine", "query", query);
        return Stream.of(
                admin(POST, "/filter/create", filter, "Filters are a part of this release"),
                admin(PUT, "/filter/{filter}", filter, "Filters are a part of this release"),
                admin(DELETE, "/filter/{filter}", Map.of(), "Filters are a part of this release"));
    }

    private static Stream<BypassRequest> forgetting() {
        Map<String, Object> batch = Map.of("historicProcessInstanceIds", List.of("{change}"));
        Map<String, Object> removal = Map.of(
                "historicProcessInstanceIds",
                List.of("{change}"),
                "absoluteRemovalTime",
                "2020-01-01T00:00:00.000+0000");
        return Stream.of(
                        new BypassRequest("admin", DELETE, "/history/process-instance/{change}", Map.of(), ""),
                        new BypassRequest("admin", POST, "/history/process-instance/delete", batch, ""),
                        new BypassRequest("admin", POST, "/history/process-instance/set-removal-time", removal, ""),
                        new BypassRequest(
                                "admin",
                                PUT,
                                "/process-definition/{definition}/history-time-to-live",
                                Map.of("historyTimeToLive", 0),
                                ""),
                        new BypassRequest(
                                "admin", DELETE, "/history/process-instance/{called}/variable-instances", Map.of(), ""))
                .map(way -> way.saying("History is kept"));
    }

    /** Whoever reads the record must see all that keeps a change from going on, and all that was said about it. */
    private static Stream<BypassRequest> standingStill() {
        Map<String, Object> paused = Map.of("suspended", true);
        Map<String, Object> expired = Map.of("retries", 1, "dueDate", "2020-01-01T00:00:00.000+0000");
        String jobs = "increase the retries of its job, and set nothing else";
        String still = "Changes and jobs cannot be suspended";
        return Stream.of(
                new BypassRequest("olivia", PUT, "/job/{job}/retries", expired, jobs),
                new BypassRequest("olivia", PUT, "/job/{job}/retries", Map.of("retries", 0), jobs),
                new BypassRequest("olivia", PUT, "/job/{job}/retries", Map.of("retries", 5), jobs),
                new BypassRequest("olivia", PUT, "/job-definition/{jobDefinition}/retries", expired, jobs),
                admin(POST, "/job/retries", Map.of("jobIds", List.of("{job}"), "retries", 0), jobs),
                admin(
                        POST,
                        "/process-instance/job-retries",
                        Map.of("processInstances", List.of("{called}"), "retries", 0),
                        jobs),
                admin(PUT, "/job/{job}/priority", Map.of("priority", -1), jobs),
                admin(PUT, "/job-definition/{jobDefinition}/jobPriority", Map.of("priority", -1), jobs),
                admin(PUT, "/job/{job}/suspended", paused, still),
                admin(PUT, "/job-definition/{jobDefinition}/suspended", paused, still),
                admin(PUT, "/process-instance/{change}/suspended", paused, still),
                admin(PUT, "/process-definition/{definition}/suspended", paused, still));
    }

    private static Stream<BypassRequest> remarking() {
        Map<String, Object> comment = Map.of("message", "approved by word of mouth");
        String words = "Comments on a change belong to its record";
        return Stream.of("andrea", "olivia", "admin")
                .map(user -> new BypassRequest(user, POST, "/task/{task}/comment/create", comment, words));
    }

    private static Stream<BypassRequest> assigning() {
        String words = "olivia asked for this change and cannot approve it";
        return Stream.of(
                admin(
                        PUT,
                        "/task/{task}",
                        Map.of("assignee", "olivia", "name", "Approve change"),
                        "Diagrams define the tasks"),
                admin(
                        POST,
                        "/task/{task}/identity-links",
                        Map.of("groupId", "auditors", "type", "candidate"),
                        "Diagrams define the tasks"),
                admin(POST, "/task/{task}/assignee", Map.of("userId", "olivia"), words),
                admin(POST, "/task/{task}/assignee", Map.of("userId", "admin"), "admin cannot decide on this change"));
    }

    private static BypassRequest way(String path, Object body) {
        return admin(POST, path, body, "");
    }

    private static BypassRequest admin(HttpMethod method, String path, Object body, String words) {
        return new BypassRequest("admin", method, path, body, words);
    }

    private BypassRequest saying(String refusal) {
        return new BypassRequest(user, method, path, body, refusal);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
