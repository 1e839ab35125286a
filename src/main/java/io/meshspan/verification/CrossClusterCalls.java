package io.meshspan.verification;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.meshspan.finding.StepFailed;
import io.meshspan.kubernetes.Cluster;
import io.meshspan.kubernetes.Cluster.ExecResult;
import io.meshspan.kubernetes.Clusters;
import io.meshspan.mesh.ClusterName;
import io.meshspan.mesh.Mesh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Calls HelloWorld from every cluster's client, all clusters in parallel, one exec each. */
@Component
final class CrossClusterCalls {

    private static final String CLIENT = "curl";
    private static final int SECONDS_A_CALL = 5;

    /** Calls without an answer are slow. This many, about a minute, are enough. */
    private static final int MOST_SILENT_CALLS = 12;

    /** So many calls a version tell a usual time from a slow one, as far as the calls that are needed anyway allow. */
    private static final int CALLS_TO_TIME = 5;

    /** curl writes it after each call, with the seconds that the call took within the client's pod. */
    private static final String TIME = "meshspan-time=";

    private static final String SCRIPT = """
            silent=0; missing='%s'
            for i in $(seq 1 %d); do answer=$(curl -sS --max-time %d -w '\\n%s%%{time_total}\\n' %s ) || silent=$((silent+1))
              echo "$answer"
              [ $silent -lt %d ] || break
              case "$answer" in *'Hello version: '*)
                version=${answer#*Hello version: }; version=${version%%%%,*}
                case "$missing" in *"|$version|"*) missing="${missing%%%%"|$version|"*}${missing#*"|$version|"}";; esac;;
              esac
              [ -n "$missing" ] || [ $i -lt %d ] || break
            done
            """;

    private final Clusters clusters;
    private final VerificationProperties properties;

    CrossClusterCalls(Clusters clusters, VerificationProperties properties) {
        this.clusters = clusters;
        this.properties = properties;
    }

    CallReport call(Mesh mesh) {
        SortedMap<ClusterName, String> versions = SampleVersions.of(mesh);
        return new CallReport(
                url(),
                mesh.networks().size() > 1,
                versions,
                clusters.inEachForLong(mesh.clusters(), cluster -> from(cluster, mesh)));
    }

    private ClusterCalls from(Cluster cluster, Mesh mesh) {
        ClusterName controlPlane = mesh.member(cluster.name()).controlPlane();
        int calls = CallsNeeded.toHear(mesh.clusters().size(), properties.missChance());
        try {
            return ReadyPods.of(cluster, properties.namespace(), Map.of("app", CLIENT)).stream()
                    .findFirst()
                    .map(pod -> measured(cluster, pod, controlPlane, calls, mesh))
                    .orElseGet(() -> notMeasured(
                            controlPlane,
                            calls,
                            "no pod of Deployment %s/curl is Ready".formatted(properties.namespace())));
        } catch (StepFailed failure) {
            return notMeasured(controlPlane, calls, PermissionDenied.reason(failure));
        }
    }

    private ClusterCalls measured(Cluster cluster, Pod pod, ClusterName controlPlane, int calls, Mesh mesh) {
        ExecResult result = cluster.exec(
                properties.namespace(),
                pod.getMetadata().getName(),
                CLIENT,
                limit(calls),
                "sh",
                "-c",
                script(calls, SampleVersions.inOrder(mesh)));
        HelloAnswers heard = HelloAnswers.in(result, SampleVersions.inOrder(mesh));
        return new ClusterCalls(
                controlPlane,
                calls,
                heard.counts(),
                heard.problems(),
                sidecar(pod),
                null,
                heard.silent(),
                heard.times());
    }

    private static ClusterCalls notMeasured(ClusterName controlPlane, int calls, String reason) {
        return new ClusterCalls(controlPlane, calls, Map.of(), List.of(), false, reason);
    }

    private String url() {
        return "helloworld.%s:5000/hello".formatted(properties.namespace());
    }

    /**
     * The shell script of a measurement. It makes calls one after the other in one exec, until every version has answered
     * and there are enough times, the calls are used up, or too many had no answer. Plain sh, because the client's image has
     * nothing else. curl itself measures each call: the exec, the API server and this service are not part of the time.
     */
    private String script(int calls, List<String> versions) {
        String missing = versions.stream().map("|%s|"::formatted).collect(Collectors.joining());
        int least = Math.min(calls, CALLS_TO_TIME * versions.size());
        return SCRIPT.formatted(missing, calls, SECONDS_A_CALL, TIME, url(), MOST_SILENT_CALLS, least);
    }

    /** The worst-case time of unanswered calls, and a second for each other call. */
    private static Duration limit(int calls) {
        return Duration.ofSeconds((long) MOST_SILENT_CALLS * SECONDS_A_CALL + calls);
    }

    /** A native sidecar is among the init containers. */
    private static boolean sidecar(Pod pod) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .map(Container::getName)
                .anyMatch("istio-proxy"::equals);
    }

    /**
     * The output of a series of calls, sorted into answers and other texts. The proxy's own texts ({@code upstream connect
     * error ...}) end without a line break, so an answer may start in the middle of a line.
     *
     * @param counts answers by version; 0 for versions that did not answer
     * @param silent the calls that no version answered; 0 if curl told no times, because calls cannot be told apart then
     * @param times of the answered calls, by version
     * @param problems the other texts, each once: at most 5, of at most 300 characters (the proxy's longest text, about a
     *     failed certificate check, has its reason after the 177th)
     */
    private record HelloAnswers(
            Map<String, Integer> counts, int silent, Map<String, CallLatency> times, List<String> problems) {

        private static final Pattern HELLO = Pattern.compile("Hello version: ([^,\\s]+), instance: \\S+");
        private static final Pattern TOOK = Pattern.compile(TIME + "(\\d{1,6})[.,](\\d{1,6})");
        private static final Pattern BORDER = Pattern.compile("\\R|(?=upstream connect error|no healthy upstream)");
        private static final int MOST_PROBLEMS = 5;
        private static final int LONGEST_PROBLEM = 300;

        static HelloAnswers in(ExecResult result, Collection<String> expectedVersions) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            expectedVersions.forEach(version -> counts.put(version, 0));
            Matcher hello = HELLO.matcher(result.stdout());
            while (hello.find()) {
                counts.merge(hello.group(1), 1, Integer::sum);
            }
            Map<String, List<Long>> micros = new LinkedHashMap<>();
            int silent = silent(result.stdout(), micros);
            Map<String, CallLatency> times = new LinkedHashMap<>();
            micros.forEach((version, all) -> times.put(version, CallLatency.of(all)));
            String rest = hello.replaceAll("\n").replaceAll(TIME + "\\S*", "\n");
            return new HelloAnswers(counts, silent, times, problems(rest, result));
        }

        /** Each call ends with its time. */
        private static int silent(String output, Map<String, List<Long>> micros) {
            Matcher took = TOOK.matcher(output);
            int from = 0;
            int silent = 0;
            while (took.find()) {
                Matcher hello = HELLO.matcher(output).region(from, took.start());
                if (hello.find()) {
                    micros.computeIfAbsent(hello.group(1), first -> new ArrayList<>())
                            .add(micros(took));
                } else {
                    silent++;
                }
                from = took.end();
            }
            return silent;
        }

        private static long micros(Matcher took) {
            String fraction = (took.group(2) + "00000").substring(0, 6);
            return Long.parseLong(took.group(1)) * 1_000_000 + Long.parseLong(fraction);
        }

        private static List<String> problems(String withoutAnswers, ExecResult result) {
            List<String> texts = Stream.of(withoutAnswers, result.stderr())
                    .flatMap(BORDER::splitAsStream)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .map(text -> text.substring(0, Math.min(text.length(), LONGEST_PROBLEM)))
                    .distinct()
                    .limit(MOST_PROBLEMS)
                    .toList();
            return texts.isEmpty() && result.exitCode() != 0
                    ? List.of("exit code " + result.exitCode() + " without a word")
                    : texts;
        }
    }

    /**
     * How many calls are needed until every version has probably answered, if each answers equally often. By the union
     * bound, the chance that one of N does not answer in k calls is at most N(1 - 1/N)^k, which is at most e from k = N
     * ln(N/e) on.
     */
    static final class CallsNeeded {

        private CallsNeeded() {}

        /** @param missChance the maximum chance of missing a version, between 0 and 1 */
        static int toHear(int versions, double missChance) {
            if (versions < 1 || !(missChance > 0 && missChance < 1)) {
                throw new IllegalArgumentException(
                        "%s versions with miss chance %s: give at least 1 and between 0 and 1"
                                .formatted(versions, missChance));
            }
            return (int) Math.ceil(versions * Math.log(versions / missChance));
        }
    }
}
