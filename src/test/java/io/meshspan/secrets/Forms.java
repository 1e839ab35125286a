package io.meshspan.secrets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The ways in which a piece of a secret may be written down: as it is, in base64, and in base64 of that. */
final class Forms {

    /** Base64 writes three bytes as four characters: where the piece begins among the three makes three spellings. */
    private static final int SPELLINGS = 3;

    private Forms() {}

    static List<byte[]> of(byte[] piece) {
        List<byte[]> once = base64(piece);
        List<byte[]> all = new ArrayList<>(once);
        all.add(piece);
        once.forEach(form -> all.addAll(base64(form)));
        return all;
    }

    private static List<byte[]> base64(byte[] piece) {
        List<byte[]> spellings = new ArrayList<>();
        for (int before = 0; before < SPELLINGS; before++) {
            byte[] shifted = new byte[before + piece.length];
            System.arraycopy(piece, 0, shifted, before, piece.length);
            spellings.add(pure(Base64.getEncoder().encode(shifted), before, shifted.length));
        }
        return spellings;
    }

    /** The characters that no byte before or behind the piece has a share in; each has six bits. */
    private static byte[] pure(byte[] encoded, int before, int length) {
        return Arrays.copyOfRange(encoded, (before * 8 + 5) / 6, length * 8 / 6);
    }
}
