package io.berth.core.enrol;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.device.Unit;
import io.berth.core.login.LoginGuard;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Gives credentials to devices that know only their product's secret. Blocking; any thread.
public final class Enrolments {
    /// Stands in for the secret of a product that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int COUNTED_KEYS = 10_000;

    private final Registry registry;
    private final UnitStore units;
    private final EnrolmentLimits limits;
    private final LoginGuard perProduct;
    private final LoginGuard perAddress;
    private final InstantSource clock;

    public Enrolments(Registry registry, UnitStore units, EnrolmentLimits limits, InstantSource clock) {
        this.registry = registry;
        this.units = units;
        this.limits = limits;
        this.perProduct = new LoginGuard(limits.perProductPerMinute(), MINUTE, COUNTED_KEYS, clock);
        this.perAddress = new LoginGuard(limits.perAddressPerMinute(), MINUTE, COUNTED_KEYS, clock);
        this.clock = clock;
    }

    /// What would keep the applicant from its credentials; empty when nothing would. Changes nothing.
    public Optional<Hindrance> hindrance(Application application) {
        DeviceId id = application.device();
        Product product = registry.products().find(id.product()).orElse(null);
        boolean proven = application.proof().test(product != null ? product.secret() : NOBODYS);
        if (product == null) {
            return Optional.of(Hindrance.PRODUCT_UNKNOWN);
        }
        if (!product.dynamicRegistration()) {
            return Optional.of(Hindrance.SWITCHED_OFF);
        }
        if (!proven) {
            return Optional.of(Hindrance.NOT_PROVEN);
        }
        if (product.auth() != AuthKind.SECRET) {
            return Optional.of(Hindrance.WRONG_AUTH_KIND);
        }
        Optional<Device> device = registry.devices().find(id);
        return switch (application.kind()) {
            case OWN_SECRET ->
                device.isEmpty()
                        ? Optional.of(Hindrance.DEVICE_UNKNOWN)
                        : ofDevice(device.get(), isInUse(device.get()));
            case TOKEN -> ofUnit(product, device);
        };
    }

    /// Decides, and gives what is due.
    ///
    /// @param address where the application came from, without port
    public Enrolment enrol(Application application, String address) {
        Optional<Hindrance> hindrance = hindrance(application);
        if (hindrance.isPresent()) {
            return new Enrolment.Hindered(hindrance.get());
        }
        // counted only now: who does not know the secret uses up nobody's turn
        if (exceeds(perAddress, address)
                || exceeds(perProduct, application.device().product())) {
            return new Enrolment.Hindered(Hindrance.TOO_MANY);
        }
        return switch (application.kind()) {
            case OWN_SECRET -> new Enrolment.OwnSecret(registry.devices().get(application.device()));
            case TOKEN -> newUnit(application.device());
        };
    }

    private static Optional<Hindrance> ofDevice(Device device, boolean inUse) {
        if (!device.enabled()) {
            return Optional.of(Hindrance.DEVICE_DISABLED);
        }
        return inUse ? Optional.of(Hindrance.ALREADY_ACTIVATED) : Optional.empty();
    }

    private Optional<Hindrance> ofUnit(Product product, Optional<Device> device) {
        if (!product.withoutPreregistration()) {
            return Optional.of(Hindrance.PREREGISTRATION_DEMANDED);
        }
        if (device.isEmpty()) {
            return registry.devices().room(product.key()) == 0 ? Optional.of(Hindrance.PRODUCT_FULL) : Optional.empty();
        }
        List<Unit> known = units.of(device.get().id());
        // in use by a secret of its own: docs/decisions/0019
        Optional<Hindrance> hindrance = ofDevice(device.get(), known.isEmpty() && isInUse(device.get()));
        return hindrance.isEmpty() && known.size() >= limits.unitsPerDevice()
                ? Optional.of(Hindrance.NAME_TAKEN)
                : hindrance;
    }

    /// That a device logged in is written down a moment later.
    private boolean isInUse(Device device) {
        return device.activated() != null || registry.sessions().isAttached(device.id());
    }

    private Enrolment newUnit(DeviceId id) {
        make(id);
        Secret token = Secret.random();
        Unit unit = Unit.of(Secret.random().reveal(), token, clock.instant());
        if (!units.add(id, unit, limits.unitsPerDevice())) {
            return new Enrolment.Hindered(Hindrance.NAME_TAKEN);
        }
        registry.directory().forget(id);
        return new Enrolment.Token(unit.id(), token);
    }

    private void make(DeviceId id) {
        if (registry.devices().find(id).isPresent()) {
            return;
        }
        try {
            registry.devices().create(new Devices.Draft(id, null, null, null));
        } catch (ProblemException e) {
            // another unit of the name was quicker
            if (e.problem() != Problem.DEVICE_EXISTS) {
                throw e;
            }
        }
    }

    private static boolean exceeds(LoginGuard counted, String key) {
        boolean exceeded = counted.blocks(key);
        counted.failed(key);
        return exceeded;
    }
}
