package io.meshspan.web.changes;

/** No process definition of that id is deployed, or not any more. */
final class NoSuchDiagram extends RuntimeException {

    NoSuchDiagram(String definition) {
        super("There is no diagram " + definition);
    }
}
