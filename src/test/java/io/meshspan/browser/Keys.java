package io.meshspan.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;

/** A keyboard, and no mouse. */
final class Keys {

    /** Whoever needs more of them to get somewhere gives up. */
    private static final int MOST = 80;

    private Keys() {}

    /** Goes there by the Tab key, from wherever the keyboard is. */
    static void press(Locator target, String key) {
        target.waitFor();
        for (int keys = 0; keys < MOST && !isFocused(target); keys++) {
            target.page().keyboard().press("Tab");
        }
        assertThat(target).isFocused();
        target.page().keyboard().press(key);
    }

    private static boolean isFocused(Locator target) {
        return Boolean.TRUE.equals(target.evaluate("node => node === document.activeElement"));
    }
}
