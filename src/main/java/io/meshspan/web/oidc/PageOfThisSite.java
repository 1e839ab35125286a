package io.meshspan.web.oidc;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page of this site to continue to after the sign-in; nothing that a browser could read as another site. */
public final class PageOfThisSite {

    private static final int LONGEST = 2000;
    private static final Pattern PAGE = Pattern.compile("/(?:changes|camunda/app)/[\\x21-\\x7e&&[^\\\\]]*");

    private PageOfThisSite() {}

    /** @return its path, with query and fragment; empty for anything else */
    public static Optional<String> of(@Nullable String asked) {
        return Optional.ofNullable(asked)
                .filter(page -> page.length() <= LONGEST
                        && PAGE.matcher(page).matches()
                        && !page.contains("//")
                        && !page.contains(".."));
    }

    static String encoded(String page) {
        return URLEncoder.encode(page, StandardCharsets.UTF_8);
    }
}
