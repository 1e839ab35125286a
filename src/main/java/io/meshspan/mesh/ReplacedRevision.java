package io.meshspan.mesh;

/**
 * The control planes that an upgrade replaces.
 *
 * @param defaultTag whether the tag {@code default} leads to them
 */
public record ReplacedRevision(IstioVersion version, Revision revision, boolean defaultTag) {

    static ReplacedRevision of(Mesh older) {
        return new ReplacedRevision(
                older.version(), older.revision(), older.extras().defaultTag());
    }

    /** The value of the label {@code istio.io/rev} of its pods. */
    public String label() {
        return revision.isNamed() ? revision.value() : "default";
    }
}
