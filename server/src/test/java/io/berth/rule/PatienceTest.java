package io.berth.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.rule.Destination.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class PatienceTest {
    @Test
    void work_that_is_done_in_time_says_what_it_came_to() throws Exception {
        Outcome refused = new Outcome.Refused("no");

        assertThat(new Patience(Duration.ofSeconds(30)).with(() -> refused)).isEqualTo(refused);
    }

    @Test
    void a_server_that_never_answers_loses_its_connection() throws Exception {
        CompletableFuture<Exception> end = new CompletableFuture<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            Outcome outcome = new Patience(Duration.ofSeconds(2)).with(() -> {
                try {
                    return Outcome.retry("it said " + socket.getInputStream().read());
                } catch (SocketException e) {
                    end.complete(e);
                    throw e;
                }
            });

            assertThat(outcome).isEqualTo(Outcome.retry("it did not answer within 2000 ms"));
            assertThat(end.get(30, TimeUnit.SECONDS)).hasMessageContaining("losed");
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void the_end_of_the_action_ends_the_work() throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> began = new CompletableFuture<>();
        Thread action = Thread.ofVirtual().start(() -> {
            try {
                new Patience(Duration.ofMinutes(1)).with(() -> {
                    began.complete(true);
                    return new CompletableFuture<Outcome>().get();
                });
            } catch (InterruptedException e) {
                ended.complete(true);
            }
        });
        began.get(30, TimeUnit.SECONDS);

        action.interrupt();

        assertThat(ended.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void what_nobody_expected_is_thrown_as_it_is() {
        assertThatThrownBy(() -> new Patience(Duration.ofSeconds(30)).with(() -> {
                    throw new UnfitException("odd");
                }))
                .isInstanceOf(UnfitException.class);
    }
}
