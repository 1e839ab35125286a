package io.meshspan.engine.identity;

import io.meshspan.finding.ExitCode;
import io.meshspan.finding.StartupFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Creates the configured users that do not exist yet. Never changes an existing user, and never a password. */
@Component
class Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final IdentityService identity;
    private final IdentityProperties properties;
    private final PasswordRules rules;

    Accounts(IdentityService identity, IdentityProperties properties, PasswordRules rules) {
        this.identity = identity;
        this.properties = properties;
        this.rules = rules;
    }

    /**
     * @throws StartupFailure if a configured password is too weak, whether the user exists or not
     * @throws AdministratorMissing if there would be no administrator
     */
    void create() {
        checkPasswords();
        Optional<Account> admin = Optional.ofNullable(properties.admin()).map(Administrator::account);
        if (admin.isEmpty() && !administratorExists()) {
            throw new AdministratorMissing();
        }
        List<Account> missing = Stream.concat(admin.stream(), properties.users().stream())
                .filter(account -> missing(account.id()))
                .toList();
        requireGroups(missing);
        missing.forEach(this::create);
    }

    /** Runs before the first user is created: otherwise a user without a group could be left behind. */
    private void requireGroups(List<Account> accounts) {
        Set<String> known = identity.createGroupQuery().list().stream()
                .map(Group::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        String unknown = accounts.stream()
                .filter(account -> !known.containsAll(account.groups()))
                .map(account -> "    meshspan.users[%d].groups of user '%s': expected existing groups, found %s"
                        .formatted(
                                properties.users().indexOf(account),
                                account.id(),
                                account.groups().stream()
                                        .filter(group -> !known.contains(group))
                                        .toList()))
                .collect(Collectors.joining("\n"));
        if (!unknown.isEmpty()) {
            throw new StartupFailure(
                    ExitCode.SETTINGS,
                    "There is no such group:\n" + unknown,
                    ("Correct them. Existing groups: %s. An administrator can create another one; a group among the "
                                    + "deciders of a gate is created at the start.")
                            .formatted(String.join(", ", known)));
        }
    }

    private void checkPasswords() {
        Stream<String> ofAdmin = Optional.ofNullable(properties.admin()).map(Administrator::account).stream()
                .flatMap(admin -> weaknesses("meshspan.admin.password", admin));
        Stream<String> ofUsers = IntStream.range(0, properties.users().size())
                .boxed()
                .flatMap(index -> weaknesses(
                        "meshspan.users[%d].password".formatted(index),
                        properties.users().get(index)));
        List<String> all = Stream.concat(ofAdmin, ofUsers).toList();
        if (!all.isEmpty()) {
            throw new StartupFailure(
                    ExitCode.SETTINGS,
                    String.join("\n", all),
                    "Choose other passwords; docs/settings.md says what they must be."
                            + " A user that exists already keeps their password: remove that user from the settings.");
        }
    }

    private Stream<String> weaknesses(String setting, Account account) {
        String password = account.password().value();
        return identity.checkPasswordAgainstPolicy(password, user(account)).getViolatedRules().stream()
                .map(rule -> "%s (of user %s): %s.".formatted(setting, account.id(), rules.words(rule, password)));
    }

    private boolean administratorExists() {
        return identity.createUserQuery().memberOfGroup(Groups.ADMINISTRATORS).count() > 0;
    }

    private boolean missing(String id) {
        return identity.createUserQuery().userId(id).count() == 0;
    }

    private User user(Account account) {
        User user = identity.newUser(account.id());
        user.setFirstName(account.firstName().isBlank() ? account.id() : account.firstName());
        user.setLastName(account.lastName());
        user.setEmail(account.email());
        user.setPassword(account.password().value());
        return user;
    }

    private void create(Account account) {
        identity.saveUser(user(account));
        List<String> groups = account.groups();
        groups.forEach(group -> identity.createMembership(account.id(), group));
        LOG.info("Created user {} in {}", account.id(), groups);
    }

    /** There is no administrator and none is configured: Camunda would show its set-up page to the first visitor. */
    private static final class AdministratorMissing extends StartupFailure {

        AdministratorMissing() {
            super(ExitCode.ADMINISTRATOR, "Meshspan has no administrator, and comes with no default password.", """
                    Name one for the first start, for example in the environment:
                        MESHSPAN_ADMIN_USER=admin MESHSPAN_ADMIN_PASSWORD=...
                    (properties meshspan.admin.user and meshspan.admin.password)\
                    """);
        }
    }
}
