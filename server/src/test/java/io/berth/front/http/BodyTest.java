package io.berth.front.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.front.http.Body.Room;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BodyTest {
    private static final int MEGABYTE = 1024 * 1024;

    /// Two megabytes for all bodies together.
    private final Usage usage = new Usage(HttpBed.config());

    @Test
    void parts_become_one_payload() {
        Body body = new Body(usage, 10);

        assertThat(add(body, "abc")).isEqualTo(Room.ENOUGH);
        assertThat(add(body, "")).isEqualTo(Room.ENOUGH);
        assertThat(add(body, "defg")).isEqualTo(Room.ENOUGH);

        assertThat(body.whole().text()).isEqualTo("abcdefg");
    }

    @Test
    void no_part_brings_it_beyond_its_own_bound() {
        Body body = new Body(usage, 10);

        assertThat(add(body, "0123456789")).isEqualTo(Room.ENOUGH);
        assertThat(add(body, "x")).isEqualTo(Room.TOO_LARGE);
        assertThat(body.expects(10)).isEqualTo(Room.ENOUGH);
        assertThat(body.expects(11)).isEqualTo(Room.TOO_LARGE);
    }

    @Test
    void all_bodies_together_have_a_bound_and_give_their_room_back() {
        Body one = new Body(usage, MEGABYTE);
        Body other = new Body(usage, MEGABYTE);
        Body third = new Body(usage, MEGABYTE);
        String megabyte = "x".repeat(MEGABYTE);
        assertThat(add(one, megabyte)).isEqualTo(Room.ENOUGH);
        assertThat(add(other, megabyte)).isEqualTo(Room.ENOUGH);

        assertThat(add(third, "x")).isEqualTo(Room.NONE);
        one.free();
        one.free();
        assertThat(add(third, megabyte)).isEqualTo(Room.ENOUGH);
        var _ = other.whole();
        assertThat(add(new Body(usage, MEGABYTE), megabyte)).isEqualTo(Room.ENOUGH);
    }

    private static Room add(Body body, String part) {
        return body.add(Unpooled.copiedBuffer(part, StandardCharsets.US_ASCII));
    }
}
