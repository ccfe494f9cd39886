package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.certificate.Authorities;
import io.berth.core.certificate.Authority;
import io.berth.core.credential.Fingerprint;
import io.berth.core.product.Space;
import io.berth.core.product.Spaces;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Owners' authorities, which sign the certificates of their devices.
public final class AuthorityRoutes implements NativeApi.Group {
    private final Authorities authorities;

    public AuthorityRoutes(Authorities authorities) {
        this.authorities = authorities;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/authorities";
        String one = all + "/{authority}";
        return List.of(
                Route.create(
                        all,
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Takes in an authority, which is trusted once its owner proved to hold its key",
                        NewAuthority.class,
                        ShownAuthority.class,
                        this::add),
                Route.get(
                        all,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists authorities, the newest first",
                        Nothing.class,
                        AuthorityList.class,
                        this::list),
                Route.get(
                        one,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Shows an authority and the code to prove it with",
                        Nothing.class,
                        ShownAuthority.class,
                        call -> ShownAuthority.of(reached(call))),
                Route.post(
                        one + "/verify",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Shows a certificate for the code that the authority signed",
                        NewContent.class,
                        ShownAuthority.class,
                        call -> ShownAuthority.of(authorities.verify(
                                reached(call).id(), call.input().content()))),
                Route.post(
                        one + "/revocations",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Replaces the revocation list of an authority; sessions of its certificates end",
                        NewContent.class,
                        ShownAuthority.class,
                        call -> ShownAuthority.of(authorities.revoke(
                                reached(call).id(), call.input().content()))),
                Route.post(
                        one + "/enrolment",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Says by which template devices with its certificates register themselves",
                        Enrolment.class,
                        ShownAuthority.class,
                        this::enrol),
                Route.delete(
                        one,
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Trusts an authority no longer; sessions of its certificates end",
                        Nothing.class,
                        call -> authorities.delete(reached(call).id())));
    }

    /// @param space the id of a resource space, the default one when absent
    /// @param content PEM
    public record NewAuthority(@Nullable String space, String content) {}

    /// @param content PEM
    public record NewContent(String content) {}

    /// @param template its id; the one there is when absent
    public record Enrolment(boolean enabled, @Nullable String template) {}

    public record AuthorityList(List<ShownAuthority> items) {}

    /// @param code the common name of the certificate that proves who holds the key
    /// @param revoked how many certificates its revocation list has
    public record ShownAuthority(
            String id,
            String name,
            String owner,
            String space,
            boolean verified,
            String code,
            boolean enrols,
            @Nullable String template,
            @Nullable Long revoked,
            @Nullable Instant nextUpdate,
            String sha256,
            Instant begins,
            Instant expires,
            Instant created) {
        private static ShownAuthority of(Authority authority) {
            Authority.Revocations list = authority.revocations();
            return new ShownAuthority(
                    authority.id(),
                    authority.commonName(),
                    authority.owner(),
                    authority.space(),
                    authority.verified(),
                    authority.code(),
                    authority.enrols(),
                    authority.template(),
                    list == null ? null : list.count(),
                    list == null ? null : list.nextUpdate(),
                    Fingerprint.of(authority.certificate()).hex(),
                    authority.certificate().getNotBefore().toInstant(),
                    authority.certificate().getNotAfter().toInstant(),
                    authority.created());
        }
    }

    private ShownAuthority add(Call<NewAuthority> call) {
        String space = Objects.requireNonNullElse(call.input().space(), Space.DEFAULT_ID);
        if (!call.rights().reach(space)) {
            throw Spaces.notFound(space);
        }
        return ShownAuthority.of(authorities.add(space, call.input().content()));
    }

    private AuthorityList list(Call<Nothing> call) {
        return new AuthorityList(authorities.list().stream()
                .filter(authority -> call.rights().reach(authority.space()))
                .map(ShownAuthority::of)
                .toList());
    }

    private ShownAuthority enrol(Call<Enrolment> call) {
        return ShownAuthority.of(authorities.enrol(
                reached(call).id(), call.input().enabled(), call.input().template()));
    }

    private Authority reached(Call<?> call) {
        Authority authority = authorities.get(call.path("authority"));
        if (!call.rights().reach(authority.space())) {
            throw Authorities.notFound(authority.id());
        }
        return authority;
    }
}
