package io.meshspan.process.engine.identity;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.identity.IdentityOperationResult;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.GenericManagerFactory;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;

/**
 * Checks passwords as the engine does, and locks nobody out: whoever knows the name of an account could keep its owner, the
 * administrator included, away for good. How often somebody may try is limited at the door, where their address is known. An
 * empty password, which earlier releases took, opens nothing, and a user without one is nobody's.
 */
class NonLockingIdentityProvider extends DbIdentityServiceProvider {

    private final PasswordRules passwords;

    private NonLockingIdentityProvider(PasswordRules passwords) {
        this.passwords = passwords;
    }

    static SessionFactory factory(PasswordRules passwords) {
        return new GenericManagerFactory(NonLockingIdentityProvider.class) {
            @Override
            public Session openSession() {
                return new NonLockingIdentityProvider(passwords);
            }
        };
    }

    /** @throws BadUserRequestException for a new user without a password: nobody could sign in as that user */
    @Override
    public IdentityOperationResult saveUser(User user) {
        UserEntity saved = (UserEntity) user;
        saved.encryptPassword();
        if (saved.getRevision() == 0 && saved.getPassword() == null) {
            throw new BadUserRequestException(passwords.inWords());
        }
        return super.saveUser(user);
    }

    @Override
    public boolean checkPassword(String userId, String password) {
        UserEntity user = findUserById(userId);
        boolean comparable = user != null && user.getPassword() != null && password != null && !password.isBlank();
        return comparable && matchPassword(password, user);
    }
}
