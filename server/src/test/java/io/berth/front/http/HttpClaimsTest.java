package io.berth.front.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.front.http.HttpBed.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpClaimsTest {
    @Test
    void a_report_makes_its_device_online() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            assertThat(wire.posts("/report", "x").hears()).isEqualTo("200 taken");
            assertThat(bed.platform.sessions.isOnline(EchoDialect.DEVICE)).isTrue();
        }
    }

    @Test
    void a_refused_login_is_answered_and_explained() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            assertThat(wire.posts("/login", "wrong").hears()).isEqualTo("200 refused");
            assertThat(wire.posts("/login", "right").hears()).isEqualTo("200 token");

            Refusal refusal = bed.refusals.find(EchoDialect.DEVICE, 1).getFirst();
            assertThat(refusal.fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
            assertThat(refusal.fields()).containsEntry("path", "/login");
            assertThat(refusal.channel().transport()).isEqualTo("http");
        }
    }

    @Test
    void who_guesses_too_often_is_not_looked_at_any_more_and_messages_of_the_device_still_are() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            for (int i = 0; i < HttpBed.GUESSES; i++) {
                assertThat(wire.posts("/login", "wrong").hears()).isEqualTo("200 refused");
            }

            assertThat(wire.posts("/login", "right").hears()).isEqualTo("200 \"TOO_MANY\"");
            assertThat(wire.posts("/report", "x").hears()).isEqualTo("200 taken");
            List<Refusal> refusals = bed.refusals.newest(1);
            assertThat(refusals.getFirst().fault()).isEqualTo(LoginFault.TOO_MANY_FAILURES);
        }
    }

    @Test
    void a_login_that_went_well_forgives_the_failures_before_it() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            for (int i = 0; i < 3 * HttpBed.GUESSES; i++) {
                assertThat(wire.posts("/login", i % 2 == 0 ? "wrong" : "right").hears())
                        .isEqualTo(i % 2 == 0 ? "200 refused" : "200 token");
            }
        }
    }

    @Test
    void while_the_store_is_away_nobody_is_let_in() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            bed.platform.registry.gone = true;
            assertThat(wire.posts("/login", "right").hears()).isEqualTo("200 \"UNAVAILABLE\"");
            assertThat(wire.posts("/report", "x").hears()).isEqualTo("200 \"UNAVAILABLE\"");
            bed.platform.registry.gone = false;
            assertThat(wire.posts("/report", "x").hears()).isEqualTo("200 taken");
        }
    }

    @Test
    void a_quota_of_reports_holds_over_all_connections_of_a_device() {
        HttpConfig two =
                new HttpConfig(true, Duration.ofMinutes(5), Duration.ofMinutes(5), 100, 2048, 2L << 20, 4, 10, 100, 2);
        try (HttpBed bed = new HttpBed(two);
                Wire wire = bed.open();
                Wire other = bed.open()) {
            String all = "";
            for (int i = 0; i < 4; i++) {
                all += wire.posts("/report", "x").hears()
                        + other.posts("/report", "x").hears();
            }

            assertThat(all).contains("200 taken", "200 \"TOO_MANY\"");
            assertThat(bed.dropped).contains("report quota");
        }
    }
}
