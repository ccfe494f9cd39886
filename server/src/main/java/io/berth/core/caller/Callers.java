package io.berth.core.caller;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.credential.Sha256;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes and checks the credentials of the application side. Blocking; any thread. Whatever is not known is
/// refused.
public final class Callers {
    public static final String ADMINISTRATOR = "admin";

    private static final Pattern TOKEN_NAME = Pattern.compile("[\\w.@ -]{1,64}");

    private final CallerStore store;
    private final Users users;
    private final AccessKeys keys;
    private final InstantSource clock;
    private final Secret localToken = new Secret(RandomText.base64(32));

    public Callers(CallerStore store, PasswordHashing hashing, AccessKeys keys, InstantSource clock) {
        this.store = store;
        this.users = new Users(store, hashing, clock);
        this.keys = keys;
        this.clock = clock;
    }

    /// What the first start made, to be printed once.
    public record FirstCredentials(String user, Secret password, AccessKey accessKey) {}

    /// Makes the administrator and a first access key that may do everything, unless there is a user already.
    public Optional<FirstCredentials> bootstrap() {
        if (!users.list().isEmpty()) {
            return Optional.empty();
        }
        Secret password = new Secret(RandomText.base64(15));
        AccessKey key = keys.create(AccessKeys.Wanted.by("", Rights.ALL));
        users.create(ADMINISTRATOR, password, Rights.ALL);
        return Optional.of(new FirstCredentials(ADMINISTRATOR, password, key));
    }

    public Users users() {
        return users;
    }

    public AccessKeys accessKeys() {
        return keys;
    }

    /// From memory, mostly. A disabled key is found too: whoever asks says why it is refused.
    public Optional<AccessKey> findAccessKey(String id) {
        return keys.find(id);
    }

    /// To be told of each call that a key signed, once it is admitted. Never blocks.
    public void signedIn(AccessKey key, String address, String api) {
        keys.signedIn(key, address, api);
    }

    /// The token of the command line on this machine; made anew at each start and never stored.
    public Secret localToken() {
        return localToken;
    }

    /// Makes a bearer token for a user who proves the password; UNAUTHENTICATED otherwise. It has the rights
    /// the user has when it is used.
    public Secret login(String user, Secret password, Duration lifetime) {
        User known = users.verify(user, password)
                .orElseThrow(() -> new ProblemException(Problem.UNAUTHENTICATED, "wrong user or password"));
        Secret token = new Secret(RandomText.base64(32));
        store.insertToken(new BearerToken(
                digest(token), known.name(), null, clock.instant().plus(lifetime)));
        return token;
    }

    /// Makes a bearer token with rights of its own; only its digest is kept.
    public Secret createToken(String name, Rights rights, Duration lifetime) {
        require(
                TOKEN_NAME.matcher(name).matches(),
                "the name of a token has 1 to 64 letters, digits, blanks and . @ _ -");
        // the log and the audit would take its holder for that user
        require(
                !name.equals(ADMINISTRATOR) && users.find(name).isEmpty(),
                "the name of a token must not be that of a user");
        Secret token = new Secret(RandomText.base64(32));
        store.insertToken(
                new BearerToken(digest(token), name, rights, clock.instant().plus(lifetime)));
        return token;
    }

    /// Tokens with rights of their own.
    public List<BearerToken> namedTokens() {
        return store.listNamedTokens(clock.instant());
    }

    /// Ends all tokens of that name. NOT_FOUND when there is none.
    public void deleteNamedTokens(String name) {
        store.deleteNamedTokens(name);
    }

    /// Who holds this bearer token; UNAUTHENTICATED when nobody does, or a user who is disabled.
    public Caller authenticate(Secret token) {
        if (localToken.equals(token)) {
            return new Caller.LocalOperator();
        }
        return store.findToken(digest(token), clock.instant())
                .flatMap(this::holder)
                .orElseThrow(() -> new ProblemException(Problem.UNAUTHENTICATED, "unknown or expired token"));
    }

    /// Someone who was authenticated before, with the rights of this moment; empty when the key, the user or the
    /// tokens of that name are gone or disabled.
    public Optional<Caller> now(Caller caller) {
        return switch (caller) {
            case Caller.KeyHolder holder ->
                keys.find(holder.key().id()).filter(AccessKey::enabled).map(Caller.KeyHolder::new);
            case Caller.User user ->
                users.find(user.name()).filter(User::enabled).map(now -> new Caller.User(now.name(), now.rights()));
            case Caller.TokenHolder holder ->
                store.listNamedTokens(clock.instant()).stream()
                                .anyMatch(token -> token.name().equals(holder.name()))
                        ? Optional.of(holder)
                        : Optional.empty();
            case Caller.LocalOperator operator -> Optional.of(operator);
        };
    }

    private Optional<Caller> holder(BearerToken token) {
        Rights own = token.rights();
        return own != null
                ? Optional.of(new Caller.TokenHolder(token.name(), own))
                : users.find(token.name())
                        .filter(User::enabled)
                        .map(user -> new Caller.User(user.name(), user.rights()));
    }

    private static String digest(Secret token) {
        return Sha256.hex(token.reveal());
    }
}
