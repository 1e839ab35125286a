package io.meshspan.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshspan.meshfile.ValuesText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected was printed by {@code helm template} (3.18), which was given these scalars as values and as keys. */
class PlainScalarTest {

    private static final List<String> TEXTS = List.of(
            "on",
            "y",
            "NO",
            "True",
            "null",
            "~",
            "1e3",
            "08",
            "010",
            "0o17",
            "0x1F",
            "0b11",
            "1_000",
            "+12",
            ".5",
            "5.",
            "-.INF",
            ".nan",
            "<<",
            "=",
            "2026-11-30",
            "12:30:45",
            "",
            " ",
            "a: b",
            "a #b",
            "- a",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "{a",
            "it's",
            "\"q\"",
            "c:\\new",
            "a\tb",
            "a\nb\n",
            "  a\nb",
            "x\n  y\n z \n");

    @ParameterizedTest
    @CsvSource({
        "yes, true, true",
        "Off, false, false",
        "n, false, false",
        "yEs, yEs, yEs",
        "oN, oN, oN",
        "012, 10, 10",
        "08, 8.0, 8",
        "0o17, 15, 15",
        "-0O17, -15, -15",
        "0o8, 0o8, 0o8",
        "0X1f, 31, 31",
        "0b11, 3, 3",
        "0b2, 0b2, 0b2",
        "1_000, 1000, 1000",
        "_1, _1, _1",
        "1__0, 10, 10",
        "+12, 12, 12",
        ".5, 0.5, 0.5",
        "5., 5.0, 5",
        "1.10, 1.1, 1.1",
        "1e3, 1000.0, 1000",
        "1e3_0, 1.0E30, 1e+30",
        "1.5e-3, 0.0015, 0.0015",
        "1e-7, 1.0E-7, 1e-07",
        "12345678.5, 1.23456785E7, 1.2345678e+07",
        "1.2.3, 1.2.3, 1.2.3",
        "12:30:45, 12:30:45, 12:30:45",
        "2026-11-30, 2026-11-30, 2026-11-30",
        "--, --, --",
    })
    void shouldReadAScalarAsHelmDoes(String text, String value, String key) {
        assertThat(String.valueOf(PlainScalar.value(text))).isEqualTo(value);
        assertThat(PlainScalar.key(text)).isEqualTo(key);
    }

    @Test
    void shouldReadKeysAndValuesWithoutQuotesOnly() {
        assertThat(read("istiod: {podLabels: {no: 0o17, no-: '0o17', \"on\": on}}")
                        .text())
                .isEqualTo("istiod:\n  podLabels:\n    \"false\": 15\n    no-: \"0o17\"\n    \"on\": true\n");
    }

    @Test
    void shouldWriteTextsThatStayTexts() {
        Map<String, Object> keys = new LinkedHashMap<>();
        TEXTS.stream().filter(text -> !text.contains("\n")).forEach(text -> keys.put(text, text));
        HelmValues values = new HelmValues(Map.of("istiod", Map.of("env", keys, "list", TEXTS)));

        assertThat(read(values.text())).isEqualTo(values);
    }

    private static HelmValues read(String text) {
        return ValuesText.read("test", text, null).values().values();
    }
}
