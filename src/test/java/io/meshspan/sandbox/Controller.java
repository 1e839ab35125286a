package io.meshspan.sandbox;

/** Brings one kind of object to where it should be; runs again after every change of its cluster, on one thread. */
interface Controller {

    void reconcile(RunningCluster cluster);
}
