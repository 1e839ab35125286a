package io.meshspan.engine.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meshspan.audit.ActorIdentities;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The people whom identity providers named, as users of the engine without a password: so that tasks, records and the Admin
 * application show who they are. Their groups are not memberships: those of the token in hand count. The groups
 * that were last seen are kept only to say whom somebody else may hand a task to.
 */
@Component
public class ExternalPeople implements ActorIdentities {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalPeople.class);

    private static final String ISSUER = "issuer";
    private static final String SUBJECT = "subject";
    private static final String GROUPS = "groups";
    private static final String SIGNED_IN = "signed-in";
    private static final String TRUE = "true";
    private static final int LONGEST_NAME = 100;

    private final IdentityService identity;
    private final TransactionTemplate transactions;

    /** What is written down already, so that a token that comes with each request writes nothing. */
    private final Cache<String, ExternalPerson> written = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    ExternalPeople(IdentityService identity, PlatformTransactionManager transactions) {
        this.identity = identity;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** Writes down who somebody with a bearer token is. */
    public void sawToken(ExternalPerson person) {
        String id = person.id();
        if (!person.equals(written.getIfPresent(id))) {
            write(person, false);
            written.put(id, person);
        }
    }

    /** Writes down who signed in by a browser, which a service account cannot do. */
    public void sawSignIn(ExternalPerson person) {
        write(person, true);
    }

    /** Whether an engine user has this id: an administrator may have deleted it. */
    public boolean isKnown(String id) {
        return identity.createUserQuery().userId(id).count() > 0;
    }

    /** One of two that come at once finds what the other has written when it tries again. */
    private void write(ExternalPerson person, boolean signedIn) {
        try {
            transactions.executeWithoutResult(transaction -> writeOnce(person, signedIn));
        } catch (ProcessEngineException | DataAccessException | TransactionException e) {
            LOG.debug("{} was written down at the same time: {}", person.id(), e.getClass());
            transactions.executeWithoutResult(transaction -> writeOnce(person, signedIn));
        }
    }

    /**
     * All of it with the user, whose id there is only once: of two values under one key the engine could read neither. A bearer
     * token often lacks name and email, so it does not overwrite those of a sign-in.
     */
    private void writeOnce(ExternalPerson person, boolean signedIn) {
        String id = person.id();
        User present = identity.createUserQuery().userId(id).singleResult();
        boolean named = signedIn || !TRUE.equals(identity.getUserInfo(id, SIGNED_IN));
        User user = present == null ? identity.newUser(id) : present;
        String name = shortened(person.name());
        if (named
                && (!name.equals(user.getFirstName())
                        || !person.email().equals(Objects.requireNonNullElse(user.getEmail(), "")))) {
            user.setFirstName(name);
            user.setLastName("");
            user.setEmail(person.email());
            identity.saveUser(user);
            LOG.info("{} is subject {} of {}", id, person.subject(), person.issuer());
        }
        keep(id, ISSUER, person.issuer());
        keep(id, SUBJECT, person.subject());
        keep(id, GROUPS, String.join(",", person.groups()));
        keep(id, SIGNED_IN, named && !signedIn ? "false" : TRUE);
    }

    private void keep(String id, String key, String value) {
        if (!value.equals(identity.getUserInfo(id, key))) {
            identity.setUserInfo(id, key, value);
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
    }

    /** What others call a user: the name that the identity provider gave last; of a user with a password the id. */
    public String nameOf(String id) {
        return ExternalPerson.isId(id) ? openly(() -> nameOf(identity, id)) : id;
    }

    /** All of them, by id. */
    public Map<String, String> names() {
        return openly(() -> identity.createUserQuery().list().stream()
                .filter(user -> ExternalPerson.isId(user.getId()))
                .collect(Collectors.toMap(
                        User::getId, user -> Objects.requireNonNullElse(user.getFirstName(), user.getId()))));
    }

    static String nameOf(IdentityService identity, String id) {
        return ExternalPerson.isId(id)
                ? Optional.ofNullable(identity.createUserQuery().userId(id).singleResult())
                        .map(User::getFirstName)
                        .orElse(id)
                : id;
    }

    @Override
    public Optional<Identity> of(String actor) {
        return ExternalPerson.isId(actor)
                ? openly(() -> Optional.ofNullable(
                                identity.createUserQuery().userId(actor).singleResult())
                        .map(this::identity))
                : Optional.empty();
    }

    private Identity identity(User user) {
        Map<String, String> claims = new HashMap<>();
        Stream.of(ISSUER, SUBJECT)
                .forEach(key -> claims.put(
                        key, Objects.requireNonNullElse(identity.getUserInfo(user.getId(), key), "unknown")));
        if (user.getEmail() != null && !user.getEmail().isBlank()) {
            claims.put("email", user.getEmail());
        }
        return new Identity(Objects.requireNonNullElse(user.getFirstName(), user.getId()), claims);
    }

    /** The readers of a change see the names of those who took part, without a right to read users. */
    private <T> T openly(Supplier<T> read) {
        Authentication before = identity.getCurrentAuthentication();
        identity.clearAuthentication();
        try {
            return read.get();
        } finally {
            if (before != null) {
                identity.setAuthentication(before.getUserId(), before.getGroupIds(), before.getTenantIds());
            }
        }
    }

    static List<String> lastGroups(IdentityService identity, String id) {
        String groups = Objects.requireNonNullElse(identity.getUserInfo(id, GROUPS), "");
        return groups.isEmpty() ? List.of() : List.of(groups.split(",", -1));
    }

    /** Nobody has ever signed in as that subject by a browser. */
    static boolean isServiceAccount(IdentityService identity, String id) {
        return ExternalPerson.isId(id) && !TRUE.equals(identity.getUserInfo(id, SIGNED_IN));
    }
}
