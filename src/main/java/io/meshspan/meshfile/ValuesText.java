package io.meshspan.meshfile;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.RequestedValues;
import io.meshspan.mesh.ValuesPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A separate text with values of Istio's charts.
 *
 * @param findings what could not be read, each with its line and column
 */
public record ValuesText(RequestedValues values, List<Finding> findings) {

    public ValuesText {
        findings = List.copyOf(findings);
    }

    /**
     * @param file the file's name in findings
     * @param part the part for which the text has values; null if it has several parts by their names
     */
    public static ValuesText read(String file, String text, @Nullable ValuesPart part) {
        return ValuesReader.text(file, text, part);
    }
}
