package io.meshspan.inventory;

/** A kubeconfig that does not exist or cannot be read. The message names its place and never quotes it. */
public final class UnusableKubeconfig extends RuntimeException {

    UnusableKubeconfig(String message) {
        super(message);
    }
}
