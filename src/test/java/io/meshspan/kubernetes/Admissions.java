package io.meshspan.kubernetes;

/** Answers of an admission, for tests of other packages. */
public final class Admissions {

    private Admissions() {}

    public static Admission refused(String words) {
        return Admission.refused(words);
    }

    public static Admission notAsked(String why) {
        return Admission.notAsked(why);
    }
}
