package io.berth.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.DeviceTokens.Ticket;
import io.berth.core.login.DeviceTokens.Verdict;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.testing.MemoryHandover;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeviceTokensTest {
    private static final Payload KEY = Payload.of("the installation's own key of 32");
    private static final DeviceId ID = new DeviceId("a1pk", "dev1");
    private static final Duration LIFETIME = Duration.ofDays(7);

    private final TestClock clock = new TestClock();
    private final MemoryRegistry registry = new MemoryRegistry();
    private final DeviceTokens tokens = tokens("https");

    @BeforeEach
    void a_device_that_never_logged_in() {
        product(ID.product());
        insert(ID, new Secret("s3cret"));
    }

    @Test
    void a_token_names_its_device_and_its_time_also_to_the_next_process() {
        String token = issued(tokens);

        Ticket ticket = tokens("https").open(token).orElseThrow();

        assertThat(ticket.device()).isEqualTo(ID);
        assertThat(ticket.issued()).isEqualTo(TestClock.START);
        assertThat(tokens("https").judge(ticket, device())).isEqualTo(Verdict.GOOD);
    }

    @Test
    void issuing_one_activates_the_device() {
        issued(tokens);

        assertThat(device().activated()).isEqualTo(TestClock.START);
    }

    @Test
    void nothing_is_issued_while_the_store_is_away() {
        DeviceSnapshot before = snapshot();
        registry.gone = true;

        CompletionStage<String> token = tokens.issue(before);

        assertThat(token.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void the_longest_names_fit_into_the_buffer_of_a_device() {
        DeviceId longest = new DeviceId("p".repeat(64), "z".repeat(64));
        product(longest.product());
        insert(longest, new Secret("s".repeat(256)));

        String token = tokens.issue(find(longest)).toCompletableFuture().join();

        assertThat(token).hasSizeLessThanOrEqualTo(192); // spec aliyun-device 2.2
        assertThat(tokens.open(token)).map(Ticket::device).contains(longest);
    }

    @Test
    void a_name_of_any_length_comes_back_whole() {
        for (int length = 1; length <= 64; length++) {
            DeviceId id = new DeviceId("a1pk", "_".repeat(length));
            insert(id, new Secret("s"));

            String token = tokens.issue(find(id)).toCompletableFuture().join();

            assertThat(tokens.open(token)).map(Ticket::device).contains(id);
        }
    }

    @Test
    void no_octet_of_a_token_can_be_changed() {
        byte[] token = Base64.getUrlDecoder().decode(issued(tokens));

        for (int i = 0; i < token.length; i++) {
            byte[] changed = token.clone();
            changed[i] ^= 1;
            assertThat(tokens.open(Base64.getUrlEncoder().encodeToString(changed)))
                    .isEmpty();
        }
    }

    @Test
    void what_is_no_token_opens_to_nothing() {
        String token = issued(tokens);

        assertThat(tokens.open("")).isEmpty();
        assertThat(tokens.open("%%%")).isEmpty();
        assertThat(tokens.open("AAAA")).isEmpty();
        assertThat(tokens.open("A".repeat(191))).isEmpty();
        assertThat(tokens.open("A".repeat(100_000))).isEmpty();
        assertThat(tokens.open(token.substring(0, token.length() - 4))).isEmpty();
        assertThat(tokens.open(token + "AAAA")).isEmpty();
    }

    @Test
    void a_token_is_good_for_its_own_use_and_installation_only() {
        String token = issued(tokens);

        assertThat(tokens("coap").open(token)).isEmpty();
        assertThat(tokens("https", Payload.of("another key")).open(token)).isEmpty();
    }

    @Test
    void a_token_ends_with_its_lifetime() {
        Ticket ticket = tokens.open(issued(tokens)).orElseThrow();

        clock.advance(LIFETIME.minusMillis(1));
        assertThat(tokens.judge(ticket, device())).isEqualTo(Verdict.GOOD);
        clock.advance(Duration.ofMillis(1));
        assertThat(tokens.judge(ticket, device())).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void a_changed_secret_ends_it_the_spare_one_too() {
        Ticket ticket = tokens.open(issued(tokens)).orElseThrow();
        Device device = device();

        assertThat(tokens.judge(ticket, device.withSecret(new Secret("other")))).isEqualTo(Verdict.OUTDATED);
        assertThat(tokens.judge(ticket, device.withSpareSecret(new Secret("spare"))))
                .isEqualTo(Verdict.OUTDATED);
    }

    @Test
    void a_reset_ends_it_even_when_the_secret_stays_and_for_good() {
        Ticket ticket = tokens.open(issued(tokens)).orElseThrow();
        Device device = device();

        registry.devices().update(device.reset(device.secret()));
        assertThat(tokens.judge(ticket, device())).isEqualTo(Verdict.OUTDATED);

        clock.advance(Duration.ofSeconds(1));
        Ticket next = tokens.open(issued(tokens)).orElseThrow();
        assertThat(tokens.judge(ticket, device())).isEqualTo(Verdict.OUTDATED);
        assertThat(tokens.judge(next, device())).isEqualTo(Verdict.GOOD);
    }

    @Test
    void it_rests_while_the_device_is_disabled() {
        Ticket ticket = tokens.open(issued(tokens)).orElseThrow();

        assertThat(tokens.judge(ticket, device().withEnabled(false))).isEqualTo(Verdict.DEVICE_DISABLED);
        assertThat(tokens.judge(ticket, device().withEnabled(true))).isEqualTo(Verdict.GOOD);
    }

    @Test
    void a_device_made_again_under_the_name_does_not_inherit_it() {
        Ticket ticket = tokens.open(issued(tokens)).orElseThrow();
        registry.devices().delete(ID);
        clock.advance(Duration.ofSeconds(1));
        insert(ID, new Secret("s3cret"));
        issued(tokens);

        assertThat(tokens.judge(ticket, device())).isEqualTo(Verdict.OUTDATED);
    }

    @Test
    void an_older_token_lives_a_while_after_a_renewal_where_renewals_end_it() {
        Renewals renewals = ending(Duration.ofSeconds(30), new Handover(new MemoryHandover(), clock));
        DeviceTokens renewed =
                new DeviceTokens(KEY, "x", LIFETIME, renewals, registry.devices(), registry.directory(), clock);
        Ticket older = renewed.open(issued(renewed)).orElseThrow();
        clock.advance(Duration.ofMinutes(1));
        assertThat(renewed.judge(older, device())).isEqualTo(Verdict.GOOD);

        Ticket newer = renewed.open(issued(renewed)).orElseThrow();
        clock.advance(Duration.ofSeconds(29));
        assertThat(renewed.judge(older, device())).isEqualTo(Verdict.GOOD);
        clock.advance(Duration.ofSeconds(1));

        assertThat(renewed.judge(older, device())).isEqualTo(Verdict.RENEWED);
        assertThat(renewed.judge(newer, device())).isEqualTo(Verdict.GOOD);
    }

    @Test
    void what_a_renewal_ended_stays_ended_in_the_next_run() {
        MemoryHandover left = new MemoryHandover();
        Handover handover = new Handover(left, clock);
        Renewals renewals = ending(Duration.ofSeconds(30), handover);
        Instant older = clock.instant();
        renewals.issued(ID, older);
        clock.advance(Duration.ofMinutes(1));
        renewals.issued(ID, clock.instant());
        handover.close();
        clock.advance(Duration.ofMinutes(1));

        Renewals next = ending(Duration.ofSeconds(30), new Handover(left, clock));

        assertThat(next.ended(ID, older)).isTrue();
        assertThat(next.ended(ID, older.plus(Duration.ofMinutes(1)))).isFalse();
    }

    private Renewals.Ending ending(Duration grace, Handover handover) {
        return new Renewals.Ending(new Renewals.Ending.Terms(grace, LIFETIME, 10), handover, clock);
    }

    @Test
    void the_memory_of_renewals_is_bounded() {
        Renewals.Ending renewals = ending(Duration.ZERO, new Handover(new MemoryHandover(), clock));

        for (int i = 0; i < 1_000; i++) {
            renewals.issued(new DeviceId("a1pk", "d" + i), clock.instant());
        }

        assertThat(renewals.size()).isLessThanOrEqualTo(10);
    }

    private void product(String key) {
        var _ = new Products(registry.products(), clock, _ -> {})
                .create(new Products.Draft(
                        "Lamp " + key,
                        key,
                        null,
                        null,
                        Product.AuthKind.SECRET,
                        Product.NodeType.DIRECT,
                        Product.DataFormat.JSON,
                        false));
    }

    private DeviceTokens tokens(String use) {
        return tokens(use, KEY);
    }

    private DeviceTokens tokens(String use, Payload key) {
        return new DeviceTokens(key, use, LIFETIME, Renewals.HARMLESS, registry.devices(), registry.directory(), clock);
    }

    private String issued(DeviceTokens by) {
        return by.issue(snapshot()).toCompletableFuture().join();
    }

    private Device device() {
        return snapshot().device();
    }

    private DeviceSnapshot snapshot() {
        return find(ID);
    }

    private DeviceSnapshot find(DeviceId id) {
        return registry.directory()
                .find(new DeviceRef.ById(id))
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    private void insert(DeviceId id, Secret secret) {
        Instant now = clock.instant();
        String alias = id.product().length() + "_" + id.name();
        registry.devices().insert(new Device(id, alias, id.name(), secret, true, now, null, null, null));
    }
}
