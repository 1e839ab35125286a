package io.meshspan.login;

/** Where the credential of a login comes from. Both calls may take as long as a plugin may, and are for many threads. */
public interface CredentialSource {

    /**
     * The one to send now, renewed if it is due.
     *
     * @throws LoginFailed if there is none to be had
     */
    Credential current();

    /**
     * After the API server has refused one with 401.
     *
     * @return whether there is another one now
     * @throws LoginFailed if there is none to be had
     */
    boolean renew(Credential refused);
}
