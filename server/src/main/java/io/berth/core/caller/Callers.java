package io.berth.core.caller;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes and checks the credentials of the application side. Blocking; any thread. Whatever is not known is refused.
public final class Callers {
    public static final String ADMINISTRATOR = "admin";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final CallerStore store;
    private final InstantSource clock;
    private final Secret localToken = new Secret(randomText(32));

    public Callers(CallerStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What the first start made, to be printed once.
    public record FirstCredentials(String user, Secret password, AccessKey accessKey) {}

    /// Makes the administrator and a first access key unless there is an administrator already.
    public Optional<FirstCredentials> bootstrap() {
        if (store.findPasswordHash(ADMINISTRATOR).isPresent()) {
            return Optional.empty();
        }
        Secret password = new Secret(randomText(15));
        AccessKey key = createAccessKey(null, null);
        store.putPasswordHash(ADMINISTRATOR, PasswordHash.of(password));
        return Optional.of(new FirstCredentials(ADMINISTRATOR, password, key));
    }

    public AccessKey createAccessKey(@Nullable String id, @Nullable Secret secret) {
        AccessKey key = new AccessKey(
                id != null ? id : "BERTH" + randomHex(10),
                secret != null ? secret : new Secret(randomText(30)),
                "",
                Rights.ALL,
                true,
                clock.instant());
        store.insert(key);
        return key;
    }

    public List<AccessKey> accessKeys() {
        return store.listAccessKeys();
    }

    public Optional<AccessKey> findAccessKey(String id) {
        return store.findAccessKey(id);
    }

    public void deleteAccessKey(String id) {
        store.deleteAccessKey(id);
    }

    /// The token of the command line on this machine; made anew at each start and never stored.
    public Secret localToken() {
        return localToken;
    }

    /// Makes a bearer token for a user who proves the password; UNAUTHENTICATED otherwise.
    public Secret login(String user, Secret password, Duration lifetime) {
        Optional<String> hash = store.findPasswordHash(user);
        // an unknown user costs the same time as a wrong password
        boolean right = PasswordHash.verify(password, hash.orElse(PasswordHash.NEVER)) && hash.isPresent();
        if (!right) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "wrong user or password");
        }
        return createToken(user, lifetime);
    }

    /// Makes a bearer token; only its digest is kept.
    public Secret createToken(String name, Duration lifetime) {
        Secret token = new Secret(randomText(32));
        store.insertToken(digest(token), name, clock.instant().plus(lifetime));
        return token;
    }

    /// Who holds this bearer token; UNAUTHENTICATED when nobody does.
    public Caller authenticate(Secret token) {
        if (localToken.equals(token)) {
            return new Caller.LocalOperator();
        }
        return store.findToken(digest(token), clock.instant())
                .<Caller>map(name -> name.equals(ADMINISTRATOR)
                        ? new Caller.User(name, Rights.ALL)
                        : new Caller.TokenHolder(name, Rights.of(Role.OPERATOR)))
                .orElseThrow(() -> new ProblemException(Problem.UNAUTHENTICATED, "unknown or expired token"));
    }

    private static String digest(Secret token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.reveal().getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String randomText(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(bytes));
    }

    private static String randomHex(int bytes) {
        return HexFormat.of().withUpperCase().formatHex(randomBytes(bytes));
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
