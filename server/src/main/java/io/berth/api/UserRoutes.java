package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.caller.User;
import io.berth.core.caller.Users;
import io.berth.core.credential.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Those who log in with a password. For administrators.
public final class UserRoutes implements NativeApi.Group {
    private final Users users;

    public UserRoutes(Users users) {
        this.users = users;
    }

    @Override
    public List<Route<?, ?>> routes() {
        Demand demand = Demand.administer(Area.CALLERS);
        String all = "/users";
        String one = all + "/{user}";
        return List.of(
                Route.get(all, demand, "Lists users", Nothing.class, UserList.class, _ -> list()),
                Route.create(all, demand, "Creates a user", NewUser.class, ShownUser.class, this::create)
                        .about(NewUser::name),
                Route.get(
                        one,
                        demand,
                        "Shows a user",
                        Nothing.class,
                        ShownUser.class,
                        call -> ShownUser.of(users.get(call.path("user")))),
                Route.delete(
                        one,
                        demand,
                        "Deletes a user and ends the user's tokens",
                        Nothing.class,
                        call -> users.delete(call.path("user"))),
                Route.post(
                        one + "/password",
                        demand,
                        "Gives a user another password and ends the user's tokens",
                        NewPassword.class,
                        ShownUser.class,
                        this::changePassword),
                Route.post(
                        one + "/rights",
                        demand,
                        "Gives a user other rights",
                        RightsForm.class,
                        ShownUser.class,
                        call -> ShownUser.of(users.changeRights(
                                call.path("user"), call.input().rights()))),
                Route.post(
                        one + "/enable",
                        demand,
                        "Lets a user in again",
                        Nothing.class,
                        ShownUser.class,
                        call -> ShownUser.of(users.enable(call.path("user"), true))),
                Route.post(
                        one + "/disable",
                        demand,
                        "Refuses a user, tokens included",
                        Nothing.class,
                        ShownUser.class,
                        call -> ShownUser.of(users.enable(call.path("user"), false))));
    }

    /// @param password at least 8 printable ASCII characters
    /// @param spaces ids of resource spaces; none: all
    /// @param areas none: everything
    public record NewUser(
            String name,
            String password,
            Role role,
            @Nullable List<String> spaces,
            @Nullable List<Area> areas) {}

    public record NewPassword(String password) {}

    public record ShownUser(
            String name, Role role, List<String> spaces, List<Area> areas, boolean enabled, Instant created) {
        private static ShownUser of(User user) {
            return new ShownUser(
                    user.name(),
                    user.rights().role(),
                    RightsForm.spaces(user.rights()),
                    RightsForm.areas(user.rights()),
                    user.enabled(),
                    user.created());
        }
    }

    public record UserList(List<ShownUser> items) {}

    private UserList list() {
        return new UserList(users.list().stream().map(ShownUser::of).toList());
    }

    private ShownUser create(Call<NewUser> call) {
        NewUser wanted = call.input();
        Rights rights = new RightsForm(wanted.role(), wanted.spaces(), wanted.areas()).rights();
        return ShownUser.of(users.create(wanted.name(), new Secret(wanted.password()), rights));
    }

    private ShownUser changePassword(Call<NewPassword> call) {
        String user = call.path("user");
        users.changePassword(user, new Secret(call.input().password()));
        return ShownUser.of(users.get(user));
    }
}
