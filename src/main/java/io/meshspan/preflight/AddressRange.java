package io.meshspan.preflight;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses, as in {@code 10.244.1.0/24}.
 *
 * @param bits 32 or 128
 */
record AddressRange(String text, int bits, BigInteger first, BigInteger last) {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F.:]*)/(\\d{1,3})");

    /** @return empty for what is no range */
    static Optional<AddressRange> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            byte[] address = InetAddress.getByName(form.group(1)).getAddress(); // a literal: nothing is looked up
            int bits = address.length * Byte.SIZE;
            int free = bits - Integer.parseInt(form.group(2));
            if (free < 0) {
                return Optional.empty();
            }
            BigInteger first = new BigInteger(1, address).shiftRight(free).shiftLeft(free);
            BigInteger size = BigInteger.ONE.shiftLeft(free);
            return Optional.of(
                    new AddressRange(text, bits, first, first.add(size).subtract(BigInteger.ONE)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    boolean overlaps(AddressRange other) {
        return bits == other.bits && first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
