package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.Authority;
import io.berth.core.certificate.Authority.Revocations;
import io.berth.core.certificate.AuthorityStore;
import io.berth.core.certificate.SubjectPart;
import io.berth.core.certificate.Template;
import io.berth.core.certificate.Template.Source;
import io.berth.core.certificate.TemplateStore;
import io.berth.core.product.Space;
import io.berth.tls.DeviceMint;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class AuthorityStoreTest {
    private static final X509Certificate CERTIFICATE =
            new DeviceMint().authority(NOW).certificate();

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private AuthorityStore authorities;
    private TemplateStore templates;

    AuthorityStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        authorities = storage.authorities();
        templates = storage.templates();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void an_authority_is_kept_as_it_is_and_once_in_a_space() {
        Authority first = authority("one", false, null, null);
        authorities.insert(first, 2);

        assertThat(authorities.find("one")).contains(first);
        assertThatThrownBy(() -> authorities.insert(authority("two", false, null, null), 2))
                .satisfies(e -> assertThat(((ProblemException) e).problem()).isEqualTo(Problem.VERSION_CONFLICT));
        assertThatThrownBy(() -> authorities.insert(authority("two", false, null, null), 1))
                .satisfies(e -> assertThat(((ProblemException) e).problem()).isEqualTo(Problem.LIMIT_REACHED));
        authorities.delete("one");
        assertThat(authorities.list()).isEmpty();
        assertThatThrownBy(() -> authorities.delete("one")).hasMessageContaining("no authority");
    }

    @Test
    void a_space_that_is_missing_takes_no_authority() {
        Authority elsewhere = new Authority("x", "nowhere", CERTIFICATE, "code", false, false, null, null, NOW);
        assertThatThrownBy(() -> authorities.insert(elsewhere, 9))
                .satisfies(e -> assertThat(((ProblemException) e).problem()).isEqualTo(Problem.SPACE_NOT_FOUND));
    }

    @Test
    void what_it_took_back_is_replaced_as_a_whole() {
        authorities.insert(authority("one", true, null, null), 9);
        authorities.replaceRevocations("one", new Revocations(NOW, NOW.plusSeconds(9), 2), List.of("a1", "b2"));
        authorities.replaceRevocations("one", new Revocations(NOW.plusSeconds(1), null, 1), List.of("c3"));

        assertThat(authorities.find("one").orElseThrow().revocations())
                .isEqualTo(new Revocations(NOW.plusSeconds(1), null, 1));
        assertThat(authorities.isRevoked("one", List.of("b2"))).isFalse();
        assertThat(authorities.isRevoked("one", List.of("b2", "c3"))).isTrue();
        assertThat(authorities.isRevoked("two", List.of("c3"))).isFalse();
        assertThat(authorities.isRevoked("one", List.of())).isFalse();
    }

    @Test
    void a_template_is_kept_as_it_is_and_stays_while_an_authority_uses_it() {
        Template template = template("t1", "测试");
        templates.insert(template, 2);
        assertThat(templates.find("t1")).contains(template);
        assertThatThrownBy(() -> templates.insert(template("t2", "测试"), 2))
                .satisfies(e -> assertThat(((ProblemException) e).problem()).isEqualTo(Problem.VERSION_CONFLICT));
        assertThatThrownBy(() -> templates.insert(template("t2", "other"), 1))
                .satisfies(e -> assertThat(((ProblemException) e).problem()).isEqualTo(Problem.LIMIT_REACHED));

        authorities.insert(authority("one", true, null, null), 9);
        authorities.update(authority("one", true, "t1", null));
        assertThat(authorities.find("one").orElseThrow().enrols()).isTrue();
        assertThatThrownBy(() -> templates.delete("t1"))
                .satisfies(e -> assertThat(((ProblemException) e).problem()).isEqualTo(Problem.VERSION_CONFLICT));
        assertThatThrownBy(() -> authorities.update(authority("one", true, "t9", null)))
                .hasMessageContaining("no template");
        authorities.update(authority("one", true, null, null));
        templates.delete("t1");
        assertThat(templates.list()).isEmpty();
    }

    private static Authority authority(
            String id, boolean verified, @Nullable String template, @Nullable Revocations revocations) {
        return new Authority(
                id, Space.DEFAULT_ID, CERTIFICATE, "code", verified, template != null, template, revocations, NOW);
    }

    private static Template template(String id, String name) {
        return new Template(
                id,
                name,
                "for all",
                Set.of(SubjectPart.COMMON_NAME, SubjectPart.COUNTRY),
                new Template.Plan(
                        null,
                        new Source.Of(SubjectPart.COMMON_NAME),
                        new Source.Text("p1"),
                        new LinkedHashMap<>(Map.of("land", new Source.Of(SubjectPart.COUNTRY)))),
                NOW,
                NOW);
    }
}
