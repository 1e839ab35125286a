package io.meshspan.inventory;

/** A kubeconfig that is not there or cannot be read. The message says where and never quotes it. */
public final class UnusableKubeconfig extends RuntimeException {

    UnusableKubeconfig(String message) {
        super(message);
    }
}
