package io.meshspan.remotesecret;

/**
 * What a remote secret leads to, and with what.
 *
 * @param server the address of the API server; empty if it cannot be read
 */
public record RemoteAccess(String server, RemoteCredential credential) {}
