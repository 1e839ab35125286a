package io.meshspan.process.engine.identity;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Creates the configured users that do not exist yet; never touches one that does, least of all the password. */
@Component
class Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final IdentityService identity;
    private final IdentityProperties properties;

    Accounts(IdentityService identity, IdentityProperties properties) {
        this.identity = identity;
        this.properties = properties;
    }

    /** @throws AdministratorMissing if nobody would be administrator */
    void create() {
        Optional<Account> admin = Optional.ofNullable(properties.admin()).map(Administrator::account);
        if (admin.isEmpty() && !administratorExists()) {
            throw new AdministratorMissing();
        }
        Stream.concat(admin.stream(), properties.users().stream())
                .filter(account -> missing(account.id()))
                .forEach(this::create);
    }

    private boolean administratorExists() {
        return identity.createUserQuery().memberOfGroup(Groups.ADMINISTRATORS).count() > 0;
    }

    private boolean missing(String id) {
        return identity.createUserQuery().userId(id).count() == 0;
    }

    private void create(Account account) {
        User user = identity.newUser(account.id());
        user.setFirstName(account.firstName().isBlank() ? account.id() : account.firstName());
        user.setLastName(account.lastName());
        user.setEmail(account.email());
        user.setPassword(account.password().value());
        identity.saveUser(user);
        List<String> groups = account.groups();
        groups.forEach(group -> identity.createMembership(account.id(), group));
        LOG.info("Created user {} in {}", account.id(), groups);
    }
}
