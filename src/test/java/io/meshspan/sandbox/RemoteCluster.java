package io.meshspan.sandbox;

import java.util.Optional;

/**
 * What an istiod knows of another cluster by a remote secret.
 *
 * @param id the data key of the secret
 * @param reached the cluster at the secret's address, if it accepts the secret's token
 */
record RemoteCluster(String id, String secret, Optional<RunningCluster> reached) {}
