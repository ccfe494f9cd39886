package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.LineClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What keeps the line from being asked to death, and from telling by its speed what it knows.
@Tag("slow")
final class FactoryLineFloodTest {
    private static final int ANSWER_MILLIS = 150;

    @TempDir
    Path data;

    @Test
    void an_address_and_an_id_are_bounded_and_every_answer_takes_its_time() throws IOException {
        try (RunningBerth berth = RunningBerth.on(
                data,
                "line.requests-per-address=10",
                "line.requests-per-device=3",
                "line.window=1h",
                "line.elsewhere=refuse",
                "line.answer-time=" + ANSWER_MILLIS + "ms")) {
            Operator operator = berth.operator();
            operator.does("product", "create", "Pump", "--key", "pump");
            operator.does("line", "batch", "create", "b", "--product", "pump", "--quota", "5");
            Path list = Files.writeString(data.resolve("list.csv"), "flood-1\nflood-2\nflood-3\n");
            operator.does("line", "allow", "b", list.toString());
            String token = operator.does("line", "station", "add", "s", "--network", "127.0.0.0/8")
                    .get("secret")
                    .asString();

            LineClient busy = new LineClient(berth.url(), "127.0.0.2");
            List<Integer> same = IntStream.range(0, 4)
                    .map(_ -> busy.asks(token, "flood-1").status())
                    .boxed()
                    .toList();
            assertThat(same).containsExactly(200, 200, 200, 429);
            assertThat(busy.asks(token, "flood-2").status()).isEqualTo(200);
            IntStream.range(0, 5).forEach(_ -> busy.asks("s.guess", "flood-2"));
            long start = System.nanoTime();
            Answer late = busy.asks(token, "flood-2");
            assertThat(late.code()).isEqualTo("request.too-often");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(ANSWER_MILLIS * 1_000_000L);

            // others are unharmed, and get what nobody else got
            LineClient other = new LineClient(berth.url(), "127.0.0.3");
            assertThat(other.asks(token, "flood-3").status()).isEqualTo(200);
            assertThat(other.asks(token, "flood-2").code()).isEqualTo("device.illegal");
        }
    }
}
