package io.meshspan.audit;

import java.util.ArrayList;
import java.util.List;

/** Checks that the records of a change are complete and unchanged: none is altered, missing, added or moved. */
public final class Chain {

    /** Replaces the hash before the first entry. */
    static final String BEFORE_THE_FIRST = "0".repeat(64);

    private Chain() {}

    /**
     * @param records the expected number of records
     * @param head the hash of the last record
     * @return the problems as text; empty if there are none
     */
    public static List<String> problems(List<ChainedRecord> entries, long records, String head) {
        List<String> problems = new ArrayList<>();
        String previous = BEFORE_THE_FIRST;
        long expected = 1;
        for (ChainedRecord entry : entries) {
            if (entry.seq() != expected) {
                problems.add("Record %d is missing: record %d is in its place".formatted(expected, entry.seq()));
            } else if (!entry.follows(previous)) {
                problems.add("Record %d (%s, %s) is not what was written"
                        .formatted(
                                entry.seq(),
                                entry.record().step(),
                                entry.record().what()));
            }
            previous = entry.hash();
            expected = entry.seq() + 1;
        }
        if (entries.size() != records || !previous.equals(head)) {
            problems.add(
                    "The end of the record is not what was written: %d records with the last hash %s, of %d with %s"
                            .formatted(entries.size(), previous, records, head));
        }
        return problems;
    }
}
