package io.berth.core.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.product.Profile;
import io.berth.core.product.Space;
import io.berth.core.product.Spaces;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.TestClock;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReachTest {
    private final MemoryRegistry registry = new MemoryRegistry();
    private final TestClock clock = new TestClock();
    private final Products products = new Products(registry.products(), clock, _ -> {});
    private final Devices devices = new Devices(registry.devices(), products, clock, (_, _) -> {});
    private final Space harbour = new Spaces(registry.spaces(), clock).create("harbour");

    @BeforeEach
    void register() {
        create("inside", harbour.id());
        create("outside", Space.DEFAULT_ID);
    }

    @Test
    void whoever_has_rights_everywhere_reaches_everything() {
        Reach reach = reach();

        assertThat(reach.product("outside").key()).isEqualTo("outside");
        assertThat(reach.device(new DeviceId("inside", "d")).alias()).isEqualTo("inside_d");
        assertThat(reach.device("outside_d").id().product()).isEqualTo("outside");
    }

    @Test
    void what_is_in_the_spaces_of_a_caller_is_reached() {
        Reach reach = reach(harbour.id());

        assertThat(reach.product("inside").space()).isEqualTo(harbour.id());
        assertThat(reach.device(new DeviceId("inside", "d")).alias()).isEqualTo("inside_d");
        assertThat(reach.device("inside_d").id().name()).isEqualTo("d");
        assertThat(reach.covers(products.get("inside"))).isTrue();
        assertThat(reach.covers(products.get("outside"))).isFalse();
    }

    @Test
    void what_is_elsewhere_is_refused_in_the_words_for_what_does_not_exist() {
        Reach reach = reach(harbour.id());
        DeviceId outside = new DeviceId("outside", "d");

        assertHidden(Problem.PRODUCT_NOT_FOUND, () -> reach.product("outside"), () -> products.get("none"));
        assertHidden(Problem.DEVICE_NOT_FOUND, () -> reach.device("outside_d"), () -> devices.getByAlias("none"));
        assertHidden(
                Problem.DEVICE_NOT_FOUND,
                () -> reach.device(outside),
                () -> devices.get(new DeviceId("outside", "none")));
    }

    /// The two refusals differ in the name that was asked for only.
    private static void assertHidden(Problem problem, ThrowingCallable hidden, ThrowingCallable missing) {
        ProblemException expected = catchThrowableOfType(ProblemException.class, missing);
        assertThatThrownBy(hidden).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem()).isEqualTo(problem).isEqualTo(expected.problem());
            assertThat(withoutNames(refusal)).isEqualTo(withoutNames(expected));
        });
    }

    private static String withoutNames(ProblemException refusal) {
        return refusal.detail().replaceAll("\"[^\"]*\"", "");
    }

    private Reach reach(String... spaces) {
        return Reach.of(new Rights(Role.READER, Set.of(spaces), Set.of()), products, devices);
    }

    private void create(String key, String space) {
        Product product = products.create(new Products.Draft(
                key, key, key, null, AuthKind.SECRET, NodeType.DIRECT, DataFormat.JSON, false, space, Profile.EMPTY));
        devices.create(new Devices.Draft(new DeviceId(product.key(), "d"), null, null, null));
    }
}
