package io.meshspan.verification;

/**
 * The shell's part of a measurement: calls one after the other in one exec, until every version was heard, the calls are
 * used up, or too many got no answer at all. Plain sh, for the client's image has no more.
 */
final class CallLoop {

    private static final String SCRIPT = """
            silent=0; heard=''; missing=%d
            for i in $(seq 1 %d); do answer=$(curl -sS --max-time %d %s ) || silent=$((silent+1))
              echo "$answer"
              [ $silent -lt %d ] || break
              case "$answer" in *'Hello version: '*)
                version=${answer#*Hello version: }; version=${version%%%%,*}
                case "$heard" in *"|$version|"*) ;; *) heard="$heard|$version|"; missing=$((missing-1));; esac;;
              esac
              [ $missing -gt 0 ] || break
            done
            """;

    private CallLoop() {}

    static String script(String url, int calls, int versions, int secondsACall, int mostSilent) {
        return SCRIPT.formatted(versions, calls, secondsACall, url, mostSilent);
    }
}
