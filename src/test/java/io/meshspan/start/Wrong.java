package io.meshspan.start;

import io.meshspan.finding.ExitCode;

/** One setting under which the service cannot start, its exit code, and words of what it says. */
enum Wrong {
    NO_SUCH_SETTING(ExitCode.SETTINGS, "meshspan.wait.isitod=5m", "meshspan.wait.isitod"),
    NO_DURATION(ExitCode.SETTINGS, "meshspan.wait.istiod=soon", "meshspan.wait.istiod"),
    EMPTY_PASSWORD(
            ExitCode.SETTINGS,
            "meshspan.admin.password=",
            "meshspan.admin.password (of user admin): expected at least 12 characters, found 0"),
    SHORT_PASSWORD_OF_A_USER(
            ExitCode.SETTINGS,
            "meshspan.users[0].password=hunter2",
            "meshspan.users[0].password (of user olivia): expected at least 12 characters, found 7"),
    ID_AS_PASSWORD(
            ExitCode.SETTINGS,
            "meshspan.users[0].password=olivia-olivia-olivia",
            "meshspan.users[0].password (of user olivia): expected none of the user's id"),
    TOO_FEW_CHARACTERS_ASKED_FOR(ExitCode.SETTINGS, "meshspan.passwords.min-length=0", "minLength"),
    NO_ADMINISTRATOR(ExitCode.ADMINISTRATOR, "meshspan.node.id=a", "MESHSPAN_ADMIN_PASSWORD"),
    NO_KUBECONFIG(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=absent", "absent is not there"),
    SHUT_KUBECONFIG(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=shut", "shut cannot be read"),
    FOLDER_AS_KUBECONFIG(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=folder", "folder cannot be read"),
    NO_YAML(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=no-yaml", "is no YAML"),
    NO_CONTEXT(ExitCode.KUBECONFIG, "meshspan.inventory.clusters.cluster9.network=n", "Contexts found: [cluster1]"),
    NO_CHARTS(ExitCode.CHARTS, "meshspan.charts.source=absent/{version}", "absent is not there"),
    NO_KEYSTORE(ExitCode.KEYSTORE, "meshspan.trust.keystore=no-keystore.p12", "no PKCS#12 keystore"),
    ANOTHER_PASSWORD(
            ExitCode.KEYSTORE,
            "meshspan.trust.keystore=another-password.p12",
            "a keystore that meshspan.trust.keystore-password does not open"),
    NO_ROOM_FOR_THE_KEYSTORE(ExitCode.KEYSTORE, "meshspan.trust.keystore=no-folder/root.p12", "cannot be made"),
    NO_ROOM_FOR_H2(
            ExitCode.DATABASE, "spring.datasource.url=jdbc:h2:file:./no-folder/db;TRACE_LEVEL_FILE=0", "must exist"),
    FULL_DISK(
            ExitCode.DATABASE,
            "spring.datasource.url=jdbc:h2:file:full:./full/db;TRACE_LEVEL_FILE=0",
            "No space left on device"),
    NO_POSTGRESQL(
            ExitCode.DATABASE,
            "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/db?password=hidden",
            "jdbc:postgresql://127.0.0.1:1/db cannot be used");

    final ExitCode code;
    final String setting;
    final String told;

    Wrong(ExitCode code, String setting, String told) {
        this.code = code;
        this.setting = setting;
        this.told = told;
    }
}
