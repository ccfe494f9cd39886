package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.AccessKeyStore.Used;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Area;
import io.berth.core.caller.KeyUse;
import io.berth.core.caller.Role;
import io.berth.core.credential.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Key pairs with which applications sign. For administrators.
public final class AccessKeyRoutes implements NativeApi.Group {
    private final AccessKeys keys;

    public AccessKeyRoutes(AccessKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<Route<?, ?>> routes() {
        Demand demand = Demand.administer(Area.CALLERS);
        String all = "/accesskeys";
        String one = all + "/{id}";
        return List.of(
                Route.get(
                        all,
                        demand,
                        "Lists access keys with their last use",
                        Nothing.class,
                        AccessKeyList.class,
                        _ -> list()),
                Route.create(
                                all,
                                demand,
                                "Creates an access key",
                                NewAccessKey.class,
                                ShownAccessKey.class,
                                call -> ShownAccessKey.withSecret(
                                        keys.create(call.input().wanted())))
                        .about(NewAccessKey::id),
                Route.create(
                                all + "/rotate",
                                demand,
                                "Gives an owner a second access key with the rights of the first",
                                Rotation.class,
                                ShownAccessKey.class,
                                call -> ShownAccessKey.withSecret(
                                        keys.rotate(call.input().owner())))
                        .about(Rotation::owner),
                Route.post(
                        one + "/rights",
                        demand,
                        "Gives an access key other rights",
                        RightsForm.class,
                        ShownAccessKey.class,
                        call -> ShownAccessKey.of(
                                keys.changeRights(call.path("id"), call.input().rights()))),
                Route.post(
                        one + "/enable",
                        demand,
                        "Lets an access key sign again",
                        Nothing.class,
                        ShownAccessKey.class,
                        call -> ShownAccessKey.of(keys.enable(call.path("id"), true))),
                Route.post(
                        one + "/disable",
                        demand,
                        "Refuses what an access key signs",
                        Nothing.class,
                        ShownAccessKey.class,
                        call -> ShownAccessKey.of(keys.enable(call.path("id"), false))),
                Route.delete(
                        one, demand, "Deletes an access key", Nothing.class, call -> keys.delete(call.path("id"))));
    }

    /// @param owner the application that is to use it
    /// @param role administrator unless told otherwise
    /// @param spaces ids of resource spaces; none: all
    /// @param areas none: everything
    public record NewAccessKey(
            @Nullable String id,
            @Nullable String secret,
            @Nullable String owner,
            @Nullable Role role,
            @Nullable List<String> spaces,
            @Nullable List<Area> areas) {
        private AccessKeys.Wanted wanted() {
            return new AccessKeys.Wanted(
                    id,
                    secret != null ? new Secret(secret) : null,
                    Objects.requireNonNullElse(owner, ""),
                    new RightsForm(Objects.requireNonNullElse(role, Role.ADMINISTRATOR), spaces, areas).rights());
        }
    }

    public record Rotation(String owner) {}

    /// @param secret shown once, by the call that creates the key
    public record ShownAccessKey(
            String id,
            @Nullable String secret,
            Instant created,
            String owner,
            Role role,
            List<String> spaces,
            List<Area> areas,
            boolean enabled,
            @Nullable Instant lastUsed,
            @Nullable String lastAddress,
            @Nullable String lastApi) {
        private static ShownAccessKey withSecret(AccessKey key) {
            return of(key, key.secret().reveal(), null);
        }

        private static ShownAccessKey of(AccessKey key) {
            return of(key, null, null);
        }

        private static ShownAccessKey of(AccessKey key, @Nullable String secret, @Nullable KeyUse use) {
            return new ShownAccessKey(
                    key.id(),
                    secret,
                    key.created(),
                    key.owner(),
                    key.rights().role(),
                    RightsForm.spaces(key.rights()),
                    RightsForm.areas(key.rights()),
                    key.enabled(),
                    use == null ? null : use.at(),
                    use == null ? null : use.address(),
                    use == null ? null : use.api());
        }

        private static ShownAccessKey of(Used used) {
            return of(used.key(), null, used.lastUse());
        }
    }

    public record AccessKeyList(List<ShownAccessKey> items) {}

    private AccessKeyList list() {
        return new AccessKeyList(keys.list().stream().map(ShownAccessKey::of).toList());
    }
}
