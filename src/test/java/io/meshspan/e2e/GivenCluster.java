package io.meshspan.e2e;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cluster that the suite may change, by the name of its context: {@code context=network} or {@code context=network@address}. */
record GivenCluster(String context, String network, Optional<String> apiServer) {

    private static final Pattern FORM = Pattern.compile("([^=@,]+)=([^=@,]+)(?:@(.+))?");

    static GivenCluster parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "%s: expected context=network or context=network@https://host:port, found %s"
                            .formatted(GivenObjects.CLUSTERS.property(), text));
        }
        return new GivenCluster(matcher.group(1), matcher.group(2), Optional.ofNullable(matcher.group(3)));
    }
}
