package io.berth.front.coap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapOption;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The message layer, as a client meets it that counts datagrams.
final class CoapFrontTest {
    private CoapBed bed = CoapBed.start();
    private RawCoap client = bed.client();

    @AfterEach
    void close() {
        client.close();
        bed.close();
    }

    private void restart(UnaryOperator<CoapConfig> change) {
        close();
        bed = CoapBed.start(change);
        client = bed.client();
    }

    private static void isCode(Message message, CoapCode code) {
        assertThat(message.code()).isEqualTo(code.code());
    }

    @Test
    void a_confirmable_request_is_answered_in_its_acknowledgement() {
        Message answer = client.asks(RawCoap.post(7, "say/dev", "hello"));

        assertThat(answer.type()).isEqualTo(Message.Type.ACKNOWLEDGEMENT);
        assertThat(answer.id()).isEqualTo(7);
        assertThat(answer.token()).isEqualTo(Payload.of("tk"));
        isCode(answer, CoapCode.CONTENT);
        assertThat(bed.log.messages).hasSize(1);
    }

    @Test
    void a_request_that_need_not_be_confirmed_is_answered_likewise() {
        Message answer = client.asks(RawCoap.post(Message.Type.NON_CONFIRMABLE, 7, "say/dev", "hello"));

        assertThat(answer.type()).isEqualTo(Message.Type.NON_CONFIRMABLE);
        assertThat(answer.token()).isEqualTo(Payload.of("tk"));
        isCode(answer, CoapCode.CONTENT);
    }

    @Test
    void a_repeated_request_is_done_once_and_answered_again() {
        Message request = RawCoap.post(7, "say/dev", "hello");
        client.sends(request);
        byte[] first = client.datagram();
        client.sends(request);

        assertThat(client.datagram()).isEqualTo(first);
        assertThat(bed.log.messages).hasSize(1);
    }

    @Test
    void the_answer_waits_until_what_was_said_is_kept() throws InterruptedException {
        bed.log.holding = true;
        client.sends(RawCoap.post(7, "say/dev", "hello"));
        Completion kept = bed.log.open.take();
        client.hearsNothingBefore(8);

        kept.done(null);

        isCode(client.hears(), CoapCode.CONTENT);
    }

    @Test
    void what_could_not_be_kept_is_not_acknowledged_as_if_it_were() throws InterruptedException {
        bed.log.holding = true;
        client.sends(RawCoap.post(7, "say/dev", "hello"));

        bed.log.open.take().done(new IllegalStateException("the disk is full"));

        isCode(client.hears(), CoapCode.INTERNAL_ERROR);
    }

    @Test
    void a_sender_who_asks_again_before_the_answer_is_told_to_wait_for_it() throws InterruptedException {
        bed.log.holding = true;
        Message request = RawCoap.post(7, "say/dev", "hello");
        client.sends(request);
        Completion kept = bed.log.open.take();

        Message wait = client.asks(request);
        assertThat(wait).isEqualTo(Message.empty(Message.Type.ACKNOWLEDGEMENT, 7));
        kept.done(null);
        Message answer = client.hears();

        assertThat(answer.type()).isEqualTo(Message.Type.CONFIRMABLE);
        assertThat(answer.token()).isEqualTo(Payload.of("tk"));
        isCode(answer, CoapCode.CONTENT);
        assertThat(bed.log.messages).hasSize(1);
    }

    @Test
    void an_answer_of_its_own_is_repeated_until_it_is_confirmed() {
        assertThat(client.asks(RawCoap.post(7, "apart/dev", "hello")))
                .isEqualTo(Message.empty(Message.Type.ACKNOWLEDGEMENT, 7));
        Message answer = client.hears();
        assertThat(answer.type()).isEqualTo(Message.Type.CONFIRMABLE);

        assertThat(client.hears()).as("the same again").isEqualTo(answer);
        client.sends(Message.empty(Message.Type.ACKNOWLEDGEMENT, answer.id()));

        client.hearsNothingBefore(8);
    }

    @Test
    void a_ping_is_answered() {
        client.hearsNothingBefore(99);
    }

    @Test
    void who_sends_garbage_hears_little_and_others_are_served() {
        Random random = new Random(3);
        try (RawCoap stranger = bed.client()) {
            for (int i = 0; i < 2_000; i++) {
                byte[] garbage = new byte[random.nextInt(64)];
                random.nextBytes(garbage);
                stranger.sends(garbage);
                if (i % 50 == 0) {
                    client.hearsNothingBefore(99); // the buffer of the socket has room again
                }
            }
            stranger.sends("50 45 00 01"); // an answer nobody asked for
            stranger.sends("60 00 00 02"); // a confirmation of nothing
        }

        isCode(client.asks(RawCoap.post(7, "say/dev", "hello")), CoapCode.CONTENT);
    }

    @Test
    void a_confirmable_message_that_cannot_be_read_is_rejected() {
        client.sends("40 01 00 07 ff");

        assertThat(client.hears()).isEqualTo(Message.empty(Message.Type.RESET, 7));
    }

    @Test
    void a_stranger_is_never_told_more_than_it_said() {
        List<Message> questions = List.of(
                RawCoap.post(1, "nowhere", ""),
                RawCoap.post(2, "say/nobody", "x"),
                new Message(Message.Type.CONFIRMABLE, 1, 3, Payload.EMPTY, List.of(), Payload.EMPTY),
                RawCoap.post(4, "say/dev", "x", CoapOption.text(Options.PROXY_URI, "coap://elsewhere/")));
        for (Message question : questions) {
            client.sends(question);
            assertThat(client.datagram().length).isLessThanOrEqualTo(question.bytes().length);
        }
    }

    @Test
    void an_unknown_device_is_refused_and_the_operator_told() {
        isCode(client.asks(RawCoap.post(7, "say/nobody", "hello")), CoapCode.FORBIDDEN);

        await().until(() -> !bed.refusals.newest(1).isEmpty());
        assertThat(bed.refusals.newest(1).getFirst().channel().transport()).isEqualTo("udp");
        assertThat(bed.refusals.newest(1).getFirst().device()).hasToString("p/nobody");
    }

    @Test
    void too_many_refusals_are_not_looked_into_and_lock_nobody_out() {
        for (int id = 0; id < 20; id++) {
            isCode(client.asks(RawCoap.post(id, "say/nobody", "hello")), CoapCode.FORBIDDEN);
        }

        isCode(client.asks(RawCoap.post(99, "say/dev", "hello")), CoapCode.CONTENT);
        await().until(() -> bed.refusals.newest(100).size() == 5);
    }

    @Test
    void more_than_may_wait_is_refused() throws InterruptedException {
        restart(config -> bounded(config, new Bounds(10, 10, 1)));
        bed.log.holding = true;
        client.sends(RawCoap.post(7, "say/dev", "hello"));
        Completion kept = bed.log.open.take();

        isCode(client.asks(RawCoap.post(8, "say/dev", "hello")), CoapCode.UNAVAILABLE);
        kept.done(null);
        isCode(client.hears(), CoapCode.CONTENT);
    }

    @Test
    void an_exchange_is_forgotten_when_many_came_after_it() {
        restart(config -> bounded(config, new Bounds(10, 4, 10)));
        for (int id = 0; id < 6; id++) {
            client.asks(RawCoap.post(id, "say/dev", "hello"));
        }

        client.asks(RawCoap.post(5, "say/dev", "hello"));
        assertThat(bed.log.messages).hasSize(6);
        client.asks(RawCoap.post(0, "say/dev", "hello"));
        assertThat(bed.log.messages).hasSize(7);
    }

    @Test
    void the_oldest_transfer_gives_way_to_a_new_one() {
        restart(config -> bounded(config, new Bounds(1, 10, 10)));
        client.asks(RawCoap.post(1, "say/dev", "0123456789abcdef", block1(0, true)));
        try (RawCoap other = bed.client()) {
            other.asks(RawCoap.post(1, "say/dev", "0123456789abcdef", block1(0, true)));

            isCode(client.asks(RawCoap.post(2, "say/dev", "x", block1(1, false))), CoapCode.INCOMPLETE);
            isCode(other.asks(RawCoap.post(2, "say/dev", "x", block1(1, false))), CoapCode.CONTENT);
        }
    }

    private record Bounds(int transfers, int exchanges, int pending) {}

    private static CoapConfig bounded(CoapConfig config, Bounds bounds) {
        return new CoapConfig(
                config.eventLoops(),
                config.maxDatagramBytes(),
                config.maxBodyBytes(),
                bounds.transfers(),
                bounds.exchanges(),
                config.maxUnconfirmed(),
                bounds.pending(),
                config.maxTokens(),
                config.dtls());
    }

    // ---- blocks ----

    private static CoapOption block1(int number, boolean more) {
        return new Block(number, more, 0).option(Options.BLOCK1);
    }

    @Test
    void a_body_in_blocks_is_put_together() {
        isCode(client.asks(RawCoap.post(1, "say/dev", "0123456789abcdef", block1(0, true))), CoapCode.CONTINUE);
        isCode(client.asks(RawCoap.post(2, "say/dev", "ghijklmnopqrstuv", block1(1, true))), CoapCode.CONTINUE);
        Message answer = client.asks(RawCoap.post(3, "say/dev", "wxyz", block1(2, false)));

        isCode(answer, CoapCode.CONTENT);
        assertThat(answer.option(Options.BLOCK1)).isEqualTo(block1(2, false));
        assertThat(bed.log.messages)
                .singleElement()
                .satisfies(event -> assertThat(
                                requireNonNull(event.origin()).payload().text())
                        .isEqualTo("0123456789abcdefghijklmnopqrstuvwxyz"));
    }

    @Test
    void a_block_out_of_turn_ends_the_transfer() {
        client.asks(RawCoap.post(1, "say/dev", "0123456789abcdef", block1(0, true)));

        isCode(client.asks(RawCoap.post(2, "say/dev", "wxyz", block1(2, false))), CoapCode.INCOMPLETE);
        isCode(client.asks(RawCoap.post(3, "say/dev", "wxyz", block1(1, false))), CoapCode.INCOMPLETE);
        isCode(client.asks(RawCoap.post(4, "say/dev", "short", block1(0, true))), CoapCode.BAD_REQUEST);
        assertThat(bed.log.messages).isEmpty();
    }

    @Test
    void a_body_beyond_the_bound_is_refused_with_the_bound() {
        int number = 0;
        Message answer = client.asks(RawCoap.post(0, "say/dev", "0123456789abcdef", block1(0, true)));
        while (answer.code() == CoapCode.CONTINUE.code()) {
            number++;
            answer = client.asks(RawCoap.post(number, "say/dev", "0123456789abcdef", block1(number, true)));
        }

        isCode(answer, CoapCode.TOO_LARGE);
        assertThat(number).isEqualTo(CoapConfig.defaults().maxBodyBytes() / 16);
        assertThat(answer.option(Options.SIZE1)).isEqualTo(CoapOption.number(Options.SIZE1, 8192));
    }

    @Test
    void a_long_answer_is_fetched_in_the_blocks_asked_for() {
        StringBuilder whole = new StringBuilder();
        Block block = new Block(0, true, 2);
        while (block.more()) {
            CoapOption wanted = new Block(block.number(), false, 2).option(Options.BLOCK2);
            Message answer = client.asks(RawCoap.post(block.number(), "tell/dev", "", wanted));
            isCode(answer, CoapCode.CONTENT);
            whole.append(RawCoap.text(answer));
            Block given = requireNonNull(Block.of(answer.option(Options.BLOCK2)));
            block = new Block(given.number() + 1, given.more(), 2);
        }

        assertThat(whole).hasToString(FakeDialect.LONG.text());
        assertThat(bed.log.messages).hasSize(1);
    }

    @Test
    void a_block_nobody_can_read_is_a_bad_option() {
        CoapOption reserved = CoapOption.number(Options.BLOCK1, 7);

        isCode(client.asks(RawCoap.post(1, "say/dev", "x", reserved)), CoapCode.BAD_OPTION);
    }
}
