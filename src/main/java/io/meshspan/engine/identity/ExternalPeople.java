package io.meshspan.engine.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meshspan.audit.ActorIdentities;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

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
    private static final int LONGEST_NAME = 100;

    private final IdentityService identity;

    /** What is written down already, so that a token that comes with each request writes nothing. */
    private final Cache<String, Seen> written = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    private record Seen(ExternalPerson person, boolean signedIn) {}

    ExternalPeople(IdentityService identity) {
        this.identity = identity;
    }

    /** Writes down who somebody with a bearer token is. */
    public void sawToken(ExternalPerson person) {
        saw(new Seen(person, false));
    }

    /** Writes down who signed in by a browser, which a service account cannot do. */
    public void sawSignIn(ExternalPerson person) {
        saw(new Seen(person, true));
    }

    /** Whether an engine user of this id is there: an administrator may have deleted it. */
    public boolean isKnown(String id) {
        return identity.createUserQuery().userId(id).count() > 0;
    }

    private void saw(Seen seen) {
        String id = seen.person().id();
        Seen before = written.getIfPresent(id);
        if (before != null && before.person().equals(seen.person()) && (before.signedIn() || !seen.signedIn())) {
            return;
        }
        write(id, seen.person());
        if (seen.signedIn()) {
            identity.setUserInfo(id, SIGNED_IN, "true");
        }
        written.put(id, seen);
    }

    private void write(String id, ExternalPerson person) {
        User present = identity.createUserQuery().userId(id).singleResult();
        User user = present == null ? identity.newUser(id) : present;
        String name = shortened(person.name());
        if (present == null
                || !name.equals(user.getFirstName())
                || !person.email().equals(Objects.requireNonNullElse(user.getEmail(), ""))) {
            user.setFirstName(name);
            user.setLastName("");
            user.setEmail(person.email());
            identity.saveUser(user);
            LOG.info("{} is subject {} of {}", id, person.subject(), person.issuer());
        }
        keep(id, ISSUER, person.issuer());
        keep(id, SUBJECT, person.subject());
        keep(id, GROUPS, String.join(",", person.groups()));
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

    /** Whoever reads about a change reads who took part, and needs no right to look at users for it. */
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
        return ExternalPerson.isId(id) && identity.getUserInfo(id, SIGNED_IN) == null;
    }
}
