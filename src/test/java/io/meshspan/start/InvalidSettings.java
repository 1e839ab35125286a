package io.meshspan.start;

import io.meshspan.finding.ExitCode;

/** Settings, one a line, under which the service cannot start, its exit code, and words of what it says. */
enum InvalidSettings {
    NO_SUCH_SETTING(ExitCode.SETTINGS, "meshspan.wait.isitod=5m", "meshspan.wait.isitod"),
    NO_DURATION(
            ExitCode.SETTINGS, "meshspan.wait.istiod=soon", "a duration, such as 30s, 5m, 12h or 7d, from 1s to 7d"),
    NEGATIVE_DURATION(ExitCode.SETTINGS, "meshspan.wait.istiod=-5m", "found:    -5m"),
    NO_TIME_AT_ALL(ExitCode.SETTINGS, "meshspan.lease.duration=0s", "from 4s to 1h"),
    ABSURD_DURATION(ExitCode.SETTINGS, "meshspan.wait.sync=99999999d", "from 1s to 7d"),
    ENDLESS_DURATION(ExitCode.SETTINGS, "meshspan.wait.sync=99999999999999999999d", "from 1s to 7d"),
    NO_NUMBER(ExitCode.SETTINGS, "meshspan.verification.miss-chance=many", "a number, from 0.000001 to 0.5"),
    NO_BOOLEAN(ExitCode.SETTINGS, "meshspan.trust.remotes=perhaps", "true or false"),
    NO_SUCH_KIND(ExitCode.SETTINGS, "meshspan.trust.key-type=DSA", "one of ec-p256, rsa-4096"),
    NO_SUCH_SOURCE_OF_TRUST(
            ExitCode.SETTINGS,
            "meshspan.trust.source=letsencrypt",
            "one of keystore, given, issuer, cert-manager, vault"),
    VAULT_WITHOUT_A_TOKEN(
            ExitCode.SETTINGS,
            "meshspan.trust.source=vault\nmeshspan.trust.vault.address=https://127.0.0.1:9",
            "meshspan.trust.vault.token-file"),
    VAULT_IN_CLEAR_TEXT(
            ExitCode.SETTINGS, "meshspan.trust.vault.address=http://vault.example.org:8200", "https://HOST[:PORT]"),
    CERT_MANAGER_WITHOUT_AN_ISSUER(
            ExitCode.SETTINGS, "meshspan.trust.source=cert-manager", "meshspan.trust.cert-manager.issuer"),
    NO_ISSUING_CA(
            ExitCode.KEYSTORE,
            "meshspan.trust.source=issuer\nmeshspan.trust.keystore=absent.p12",
            "an issuing CA, its key and the certificates up to its root"),
    NO_SUCH_TOOL(ExitCode.SETTINGS, "meshspan.renderer=kustomize", "one of helm, istioctl"),
    NO_NETWORK_NAME(
            ExitCode.SETTINGS,
            "meshspan.inventory.clusters.cluster1.network=Network One",
            "expected: the value of a label"),
    NO_CLUSTER_NAME(
            ExitCode.SETTINGS,
            "meshspan.inventory.clusters.Cluster_One.context=cluster1",
            "found:    the name Cluster_One"),
    NO_ADDRESS(
            ExitCode.SETTINGS,
            "meshspan.inventory.clusters.cluster1.api-server=6443",
            "such as https://192.0.2.1:6443"),
    NO_ISTIO_VERSION(ExitCode.SETTINGS, "meshspan.istio.versions=1.30.3,1.2", "not [1.2]"),
    NO_GATE(ExitCode.SETTINGS, "meshspan.gates.plan.enabled=false", "the plan of a change always needs approval"),
    GATE_OF_NOBODY(ExitCode.SETTINGS, "meshspan.gates.acceptance.deciders=", "meshspan.gates.acceptance.deciders"),
    NO_SUCH_GROUP(
            ExitCode.SETTINGS,
            "meshspan.admin.user=ada\nmeshspan.admin.password=hidden from all"
                    + "\nmeshspan.users[0].id=olivia\nmeshspan.users[0].password=hidden from all"
                    + "\nmeshspan.users[0].groups=operators,chiefs",
            "meshspan.users[0].groups of user 'olivia': expected existing groups, found [chiefs]"),
    USER_WITHOUT_ID(ExitCode.SETTINGS, "meshspan.users[0].password=hidden from all", "meshspan.users[0].id"),
    USERS_WITH_A_GAP(
            ExitCode.SETTINGS,
            "meshspan.users[1].id=olivia\nmeshspan.users[1].password=hidden from all",
            "meshspan.users"),
    LOGIN_IN_THE_SOURCE(
            ExitCode.SETTINGS,
            "meshspan.charts.source=https://robot:hidden@127.0.0.1:9/charts",
            "found:    https://127.0.0.1:9/charts"),
    LOGIN_WITH_A_SLASH_IN_THE_SOURCE(
            ExitCode.SETTINGS,
            "meshspan.charts.source=https://robot:hid/hidden@127.0.0.1:9/charts",
            "found:    https://127.0.0.1:9/charts"),
    NO_SOURCE(
            ExitCode.SETTINGS,
            "meshspan.charts.source=ftp://127.0.0.1/charts",
            "a Helm repository (https://HOST/PATH)"),
    HALF_A_LOGIN(ExitCode.SETTINGS, "meshspan.charts.password=hidden from all", "meshspan.charts.username and"),
    PLACEHOLDER(ExitCode.SETTINGS, "meshspan.node.id=${NO_SUCH_VARIABLE}", "found:    ${NO_SUCH_VARIABLE}"),
    PLACEHOLDER_AS_PASSWORD(
            ExitCode.SETTINGS, "meshspan.trust.keystore-password=${NO_SUCH_VARIABLE}", "a value that is not shown"),
    NO_PASSWORD(ExitCode.SETTINGS, "meshspan.trust.keystore-password=", "MESHSPAN_TRUST_KEYSTOREPASSWORD"),
    PORT_OUT_OF_RANGE(ExitCode.SETTINGS, "server.port=99999", "a port, from 0 to 65535"),
    NO_PORT(ExitCode.SETTINGS, "server.port=http", "a whole number"),
    NO_HOST(ExitCode.SETTINGS, "server.address=no.such.host.invalid", "server.address"),
    NO_CERTIFICATE_OF_OURS(
            ExitCode.SETTINGS,
            "server.ssl.key-store=absent.p12\nserver.ssl.key-store-password=hidden from all",
            "absent.p12"),
    NO_JDBC(ExitCode.SETTINGS, "spring.datasource.url=https://db/meshspan", "jdbc:postgresql://HOST[:PORT]/DATABASE"),
    EMPTY_DATABASE_URL(ExitCode.SETTINGS, "spring.datasource.url=", "found:    nothing"),
    DATABASE_OF_ANOTHER_KIND(ExitCode.SETTINGS, "spring.datasource.url=jdbc:mysql://db/meshspan", "jdbc:mysql://db"),
    DATABASE_ON_NO_PORT(ExitCode.SETTINGS, "spring.datasource.url=jdbc:postgresql://db:port/meshspan", "db:port"),
    LOGIN_IN_THE_DATABASE_URL(
            ExitCode.SETTINGS,
            "spring.datasource.url=jdbc:postgresql://robot:hidden@db/meshspan",
            "without user name and password"),
    NO_OPTION_OF_H2(ExitCode.SETTINGS, "spring.datasource.url=jdbc:h2:mem:failed;NO_SUCH_OPTION=1", "NO_SUCH_OPTION"),
    NO_PATH_OF_H2(ExitCode.SETTINGS, "spring.datasource.url=jdbc:h2:data/meshspan", "begins with / or ./"),
    NO_POOL(ExitCode.SETTINGS, "spring.datasource.hikari.maximum-pool-size=0", "maximum-pool-size"),
    NO_LOG_LEVEL(ExitCode.SETTINGS, "logging.level.root=loud", "logging.level.root"),
    NO_THREADS(ExitCode.SETTINGS, "camunda.bpm.job-execution.core-pool-size=many", "a whole number"),
    NO_SETTINGS_FILE(ExitCode.SETTINGS, "spring.config.additional-location=absent.yaml", "absent.yaml"),
    BROKEN_SETTINGS_FILE(
            ExitCode.SETTINGS,
            "spring.config.additional-location=broken.yaml",
            "broken.yaml cannot be read: expected YAML or properties, found line 5, column"),
    TAB_IN_THE_SETTINGS_FILE(
            ExitCode.SETTINGS, "spring.config.additional-location=tab.yaml", "line 2, column 1: a tab"),
    SAME_KEY_TWICE(ExitCode.SETTINGS, "spring.config.additional-location=twice.yaml", "a key that stands there twice"),
    EMPTY_PASSWORD(
            ExitCode.SETTINGS,
            "meshspan.admin.user=admin\nmeshspan.admin.password=",
            "meshspan.admin.password (of user admin): expected at least 12 characters, found 0"),
    SHORT_PASSWORD_OF_A_USER(
            ExitCode.SETTINGS,
            "meshspan.users[0].id=olivia\nmeshspan.users[0].password=hunter2",
            "meshspan.users[0].password (of user olivia): expected at least 12 characters, found 7"),
    ID_AS_PASSWORD(
            ExitCode.SETTINGS,
            "meshspan.users[0].id=olivia\nmeshspan.users[0].password=olivia-olivia-olivia",
            "meshspan.users[0].password (of user olivia): expected none of the user's id"),
    TOO_FEW_CHARACTERS_ASKED_FOR(ExitCode.SETTINGS, "meshspan.passwords.min-length=0", "from 8 to 64"),
    NO_ADMINISTRATOR(ExitCode.ADMINISTRATOR, "meshspan.node.id=a", "MESHSPAN_ADMIN_PASSWORD"),
    NO_KUBECONFIG(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=absent", "absent is not there"),
    SHUT_KUBECONFIG(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=shut", "shut cannot be read"),
    FOLDER_AS_KUBECONFIG(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=folder", "folder cannot be read"),
    NO_YAML(ExitCode.KUBECONFIG, "meshspan.inventory.kubeconfig=no-yaml", "is no YAML"),
    NO_CONTEXT(ExitCode.KUBECONFIG, "meshspan.inventory.clusters.cluster9.network=n", "Contexts found: [cluster1]"),
    NO_CHARTS(ExitCode.CHARTS, "meshspan.charts.source=absent/{version}", "absent is not there"),
    NO_CA_FILE(ExitCode.CHARTS, "meshspan.charts.ca-file=kubeconfig", "expected certificates in PEM"),
    NO_KEYSTORE(ExitCode.KEYSTORE, "meshspan.trust.keystore=no-keystore.p12", "no PKCS#12 keystore"),
    ANOTHER_PASSWORD(
            ExitCode.KEYSTORE,
            "meshspan.trust.keystore=another-password.p12",
            "a keystore that meshspan.trust.keystore-password does not open"),
    NO_ROOM_FOR_THE_KEYSTORE(ExitCode.KEYSTORE, "meshspan.trust.keystore=no-folder/root.p12", "cannot be made"),
    NO_EVIDENCE_KEY(
            ExitCode.KEYSTORE,
            "meshspan.trust.keystore=with-garbage/root-ca.p12",
            "evidence.p12: expected a PKCS#12 keystore with the key that seals records, found a file that is no PKCS#12"),
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
    final String settings;
    final String told;

    InvalidSettings(ExitCode code, String settings, String told) {
        this.code = code;
        this.settings = settings;
        this.told = told;
    }
}
