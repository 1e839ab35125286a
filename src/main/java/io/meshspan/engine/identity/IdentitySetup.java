package io.meshspan.engine.identity;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Creates groups, rights, users and filters, or brings them up to date, before the web server opens its port. */
@Component
class IdentitySetup implements SmartInitializingSingleton {

    private final Roles roles;
    private final Accounts accounts;
    private final StarterRights starters;
    private final TaskFilters filters;
    private final LoginProperties login;

    IdentitySetup(Roles roles, Accounts accounts, StarterRights starters, TaskFilters filters, LoginProperties login) {
        this.login = login;
        this.roles = roles;
        this.accounts = accounts;
        this.starters = starters;
        this.filters = filters;
    }

    @Override
    public void afterSingletonsInstantiated() {
        roles.create();
        roles.require(login);
        accounts.create();
        starters.grant();
        filters.create();
    }
}
