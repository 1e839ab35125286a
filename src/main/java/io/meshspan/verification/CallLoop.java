package io.meshspan.verification;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The shell's part of a measurement: calls one after the other in one exec, until every version was heard, the calls are
 * used up, or too many got no answer at all. Plain sh, for the client's image has no more.
 */
final class CallLoop {

    private static final String SCRIPT = """
            silent=0; missing='%s'
            for i in $(seq 1 %d); do answer=$(curl -sS --max-time %d %s ) || silent=$((silent+1))
              echo "$answer"
              [ $silent -lt %d ] || break
              case "$answer" in *'Hello version: '*)
                version=${answer#*Hello version: }; version=${version%%%%,*}
                case "$missing" in *"|$version|"*) missing="${missing%%%%"|$version|"*}${missing#*"|$version|"}";; esac;;
              esac
              [ -n "$missing" ] || break
            done
            """;

    private CallLoop() {}

    static String script(String url, int calls, List<String> versions, int secondsACall, int mostSilent) {
        String missing = versions.stream().map("|%s|"::formatted).collect(Collectors.joining());
        return SCRIPT.formatted(missing, calls, secondsACall, url, mostSilent);
    }
}
