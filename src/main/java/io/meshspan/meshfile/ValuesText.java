package io.meshspan.meshfile;

import io.meshspan.finding.Finding;
import io.meshspan.mesh.RequestedValues;
import io.meshspan.mesh.ValuesPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of Istio's charts as somebody wrote them down, by themselves.
 *
 * @param findings what could not be read, each with its line and column
 */
public record ValuesText(RequestedValues values, List<Finding> findings) {

    public ValuesText {
        findings = List.copyOf(findings);
    }

    /**
     * @param file as findings name it
     * @param part of which the text holds the values; null if it holds several parts by their names
     */
    public static ValuesText read(String file, String text, @Nullable ValuesPart part) {
        return ValuesReader.text(file, text, part);
    }
}
