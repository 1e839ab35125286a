package io.meshspan.finding;

/** Why the service did not start, as the exit code of its process. docs/settings.md lists them; 1 means any other reason. */
public enum ExitCode {
    SETTINGS(10),
    ADMINISTRATOR(11),
    KUBECONFIG(12),
    CHARTS(13),
    KEYSTORE(14),
    DATABASE(15),
    PORT(16),
    NODE_ID(17);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
