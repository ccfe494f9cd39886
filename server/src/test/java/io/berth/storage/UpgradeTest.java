package io.berth.storage;

import static io.berth.storage.OldDatabase.CHILD;
import static io.berth.storage.OldDatabase.GATEWAY;
import static io.berth.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Slice;
import io.berth.core.Value;
import io.berth.core.caller.AccessKey;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.Group;
import io.berth.core.product.Product;
import io.berth.core.product.ProductFilter;
import io.berth.core.product.ProductTopic;
import io.berth.core.product.Space;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A filled database of an earlier release comes up to date with nothing lost.
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class UpgradeTest {
    /// These change with a start: the journal is folded, for one. What they hold is asked for by its meaning.
    private static final Set<String> LIVING = Set.of("meta", "thing_journal", "thing_state");

    private static final Map<String, String> RENAMED = Map.of("user_password", "platform_user");
    private static final Slice NEWEST_FIRST = new Slice(Slice.Order.NEWEST_FIRST, null, 0, 10);

    private final TestEngine engine;

    @TempDir
    Path directory;

    private OldDatabase old;

    UpgradeTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void fill() {
        old = new OldDatabase(engine, directory);
    }

    @Test
    void every_row_of_every_table_is_there_with_what_it_held() {
        Map<String, List<Map<String, String>>> before = old.rows();
        assertThat(before)
                .hasSizeGreaterThan(35)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
        old.upgraded().close();
        Map<String, List<Map<String, String>>> after = old.rows();

        before.forEach((table, rows) -> {
            if (!LIVING.contains(table)) {
                List<Map<String, String>> now = after.get(RENAMED.getOrDefault(table, table));
                assertThat(rows)
                        .as(table)
                        .allSatisfy(row -> assertThat(now)
                                .anySatisfy(found -> assertThat(found).containsAllEntriesOf(row)));
            }
        });
    }

    @Test
    void products_and_devices_are_listed_by_age_in_the_default_space() {
        try (Storage storage = old.upgraded()) {
            List<Product> products =
                    storage.products().find(ProductFilter.ALL, NEWEST_FIRST).items();
            assertThat(products).extracting(Product::key).containsExactly("b2new", "a1old");
            assertThat(products).extracting(Product::space).containsOnly(Space.DEFAULT_ID);
            assertThat(products).extracting(Product::secret).contains(new Secret("secret-of-a1old"));
            assertThat(storage.products().topics("b2new"))
                    .extracting(topic -> topic.topic().path())
                    .containsExactly("user/update", "user/get");

            List<Device> devices = storage.devices()
                    .find(new DeviceCondition.All(List.of()), NEWEST_FIRST)
                    .items();
            assertThat(devices).extracting(Device::id).containsExactly(GATEWAY, CHILD);
            assertThat(devices).extracting(Device::profile).containsOnly(DeviceProfile.EMPTY);
            assertThat(devices).extracting(Device::secret).contains(new Secret("secret-of-child"));
        }
    }

    @Test
    void two_products_that_share_a_name_keep_it_and_may_be_changed() {
        try (Storage storage = old.upgraded()) {
            Product product = storage.products().find("a1old").orElseThrow();
            storage.products().update(product.withReleased(true));

            assertThat(storage.products().find("a1old")).contains(product.withReleased(true));
        }
    }

    @Test
    void what_is_new_comes_after_what_was_there() {
        try (Storage storage = old.upgraded()) {
            storage.products().insert(Samples.product("c3"));

            assertThat(storage.products().find(ProductFilter.ALL, NEWEST_FIRST).items())
                    .extracting(Product::key)
                    .containsExactly("c3", "b2new", "a1old");
            assertThat(storage.products().topics("c3"))
                    .extracting(ProductTopic::id)
                    .doesNotContainAnyElementsOf(storage.products().topics("b2new").stream()
                            .map(ProductTopic::id)
                            .toList());
        }
    }

    @Test
    void callers_keep_their_rights() {
        try (Storage storage = old.upgraded()) {
            AccessKey key = storage.accessKeys().find("BERTHKEY").orElseThrow();
            assertThat(key.secret()).isEqualTo(new Secret("secret-of-key"));
            assertThat(key.rights()).isEqualTo(Rights.ALL);
            assertThat(key.enabled()).isTrue();
            assertThat(storage.callers().listUsers())
                    .singleElement()
                    .satisfies(user -> assertThat(user.isAdministrator()).isTrue());
            assertThat(storage.callers()
                            .findToken("digest-of-admin", NOW)
                            .orElseThrow()
                            .isOfUser())
                    .isTrue();
            assertThat(storage.callers()
                            .findToken("digest-of-ci", NOW)
                            .orElseThrow()
                            .rights())
                    .isEqualTo(Rights.of(Role.OPERATOR));
        }
    }

    @Test
    void what_was_reported_and_kept_beside_devices_is_read() {
        try (Storage storage = old.upgraded()) {
            assertThat(storage.things().state(CHILD).reported())
                    .extractingByKey("t")
                    .satisfies(value -> assertThat(value.value()).isEqualTo(new Value.Whole(21)));
            assertThat(storage.shadows().find(CHILD).orElseThrow().version()).isEqualTo(3);
            assertThat(storage.tags().find(CHILD)).containsEntry("room", "7");
            assertThat(storage.calls().find(CHILD, "call-1").orElseThrow().target())
                    .isEqualTo("blink");
            assertThat(storage.groups().of(CHILD)).extracting(Group::name).containsExactly("first floor");
            assertThat(storage.groups().list(new Page.Request(null, 10)).items())
                    .hasSize(2);
            assertThat(storage.models().versions("a1old"))
                    .singleElement()
                    .satisfies(version -> assertThat(version.name()).isEqualTo("1"));
            assertThat(storage.refusals().find(CHILD, 10)).hasSize(1);
        }
    }

    @Test
    void rules_scenes_and_groups_of_consumers_are_read() {
        try (Storage storage = old.upgraded()) {
            assertThat(storage.rules().list()).singleElement().satisfies(rule -> {
                assertThat(rule.name()).isEqualTo("forward");
                assertThat(rule.actions()).hasSize(1);
            });
            assertThat(storage.scenes().standings()).hasSize(1);
            assertThat(storage.alarms().list()).hasSize(1);
            assertThat(storage.consumerGroups().list())
                    .singleElement()
                    .satisfies(group -> assertThat(group.name()).isEqualTo("orders"));
        }
    }
}
