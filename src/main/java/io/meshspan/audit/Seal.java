package io.meshspan.audit;

/** Signs the record of an ended change, with a key that is not in the database. */
@FunctionalInterface
public interface Seal {

    /** @return the signature in base64 */
    String sign(String text);
}
