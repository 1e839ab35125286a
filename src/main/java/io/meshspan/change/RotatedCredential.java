package io.meshspan.change;

/** The credentials of a mesh that a change can replace. */
public enum RotatedCredential {
    /** With which control planes read the API servers of other clusters. */
    REMOTE_TOKENS("remote tokens"),

    /** With which each istiod signs the certificates of its workloads; the root stays. */
    INTERMEDIATES("intermediate CAs"),

    /** To which the certificates of all workloads lead; replaced in phases, in all clusters. */
    ROOT("root CA");

    private final String words;

    RotatedCredential(String words) {
        this.words = words;
    }

    public String inWords() {
        return words;
    }
}
