package io.meshspan.login;

/** The source of a login's credential. Both calls may take as long as a plugin may. They are safe for many threads. */
public interface CredentialSource {

    /**
     * The current credential, renewed if it is due.
     *
     * @throws LoginFailed if no credential is available
     */
    Credential current();

    /**
     * Call this after the API server has refused a credential with 401.
     *
     * @return whether there is another one now
     * @throws LoginFailed if no credential is available
     */
    boolean renew(Credential refused);
}
