package io.meshspan.mesh;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Helm makes of a scalar without quotes: it reads YAML 1.1, as go-yaml v2 does (resolve.go), and makes texts of keys. And
 * YAML that quotes each text that Helm would otherwise read as another type.
 */
public final class PlainScalar {

    private static final Set<String> YES =
            Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE");
    private static final Set<String> NO =
            Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

    /** From this exponent on, Go writes a number with one. */
    private static final int WITH_EXPONENT = 6;

    private static final int PLAIN_FRACTION = -4;

    private PlainScalar() {}

    /** A factory for YAML in which each text stays the same text for every reader: Helm, istioctl and this service. */
    public static YAMLFactory yaml() {
        return YAMLFactory.builder().stringQuotingChecker(new Quotes()).build();
    }

    private static final class Quotes extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1L;
        private static final Pattern SPECIAL = Pattern.compile("<<|=|[-+]?\\.(?i:inf|nan)");

        @Override
        public boolean needToQuoteName(String name) {
            return super.needToQuoteName(name)
                    || !key(name).equals(name)
                    || SPECIAL.matcher(name).matches();
        }

        @Override
        public boolean needToQuoteValue(String text) {
            return super.needToQuoteValue(text)
                    || !value(text).equals(text)
                    || SPECIAL.matcher(text).matches();
        }
    }

    /** A boolean, a number, or the text itself. */
    public static Object value(String text) {
        if (YES.contains(text) || NO.contains(text)) {
            return YES.contains(text);
        }
        String digits = isNumeral(text) ? text.replace("_", "") : text;
        if (INTEGER.matcher(digits).matches()) {
            return integer(digits);
        }
        return DECIMAL.matcher(digits).matches() ? (Object) Double.valueOf(digits) : text;
    }

    /** A key, which is a text for a chart, whatever it is in YAML: {@code on} is {@code true}, and 1.10 is 1.1. */
    public static String key(String text) {
        Object value = value(text);
        return value instanceof Double number ? decimal(Float.toString(number.floatValue())) : String.valueOf(value);
    }

    /** The text that a template makes of a value: to Helm each number is a decimal one, and a million is 1e+06. */
    public static String text(Object value) {
        return value instanceof Number number ? decimal(Double.toString(number.doubleValue())) : String.valueOf(value);
    }

    /** Underscores are for people, between digits only. */
    private static boolean isNumeral(String text) {
        return !text.isEmpty() && "+-0123456789".indexOf(text.charAt(0)) >= 0;
    }

    private static Number integer(String text) {
        String unsigned = text.replaceFirst("^[-+]", "").toLowerCase(Locale.ROOT);
        BigInteger value;
        if (unsigned.startsWith("0x")) {
            value = new BigInteger(unsigned.substring(2), 16);
        } else if (unsigned.startsWith("0b")) {
            value = new BigInteger(unsigned.substring(2), 2);
        } else if (unsigned.startsWith("0") && unsigned.length() > 1) {
            value = new BigInteger(unsigned.replaceFirst("^0o?", ""), 8);
        } else {
            value = new BigInteger(unsigned);
        }
        BigInteger signed = text.startsWith("-") ? value.negate() : value;
        return signed.bitLength() < Long.SIZE ? (Number) signed.longValue() : (Number) signed;
    }

    /** @param number as Java writes it, the shortest text for this number */
    private static String decimal(String number) {
        if (number.endsWith("Infinity")) {
            return number.startsWith("-") ? "-Inf" : "+Inf";
        }
        BigDecimal shortest = new BigDecimal(number).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (shortest.signum() == 0 || (exponent >= PLAIN_FRACTION && exponent < WITH_EXPONENT)) {
            return shortest.toPlainString();
        }
        return "%se%s%02d"
                .formatted(
                        shortest.scaleByPowerOfTen(-exponent).toPlainString(),
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }
}
