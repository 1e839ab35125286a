package io.meshspan.engine.identity;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an open task asks, for those who answer without its form.
 *
 * @param title the name of the task
 */
public record TaskQuestion(String task, String title, List<Field> fields) {

    public TaskQuestion {
        fields = List.copyOf(fields);
    }

    public Set<String> names() {
        return fields.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * One field of the answer.
     *
     * @param type {@code choice}, {@code choices}, {@code flag}, {@code day} or {@code text}
     * @param required whether the form requires it; rules of the task can require more, depending on the answer
     * @param offered the values to choose from; empty for a flag, a day and a text
     * @param labels the same in words, in the same order
     * @param onlyWith the decisions with which it is asked; empty if it is with each
     */
    public record Field(
            String name,
            String type,
            boolean required,
            List<Object> offered,
            List<String> labels,
            List<Object> onlyWith) {

        public Field {
            offered = List.copyOf(offered);
            labels = List.copyOf(labels);
            onlyWith = List.copyOf(onlyWith);
        }
    }
}
