package io.berth.core.certificate;

import static io.berth.core.ProblemException.require;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a device that nobody knows is registered from the subject of its certificate (spec huawei-iotda 2.6).
///
/// @param declared the parts of subjects it names, used or not
public record Template(
        String id,
        String name,
        String description,
        Set<SubjectPart> declared,
        Plan plan,
        Instant created,
        Instant updated) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_?'#().,&%@!-]{1,64}");
    private static final int MAX_DESCRIPTION = 512;

    public Template {
        require(NAME.matcher(name).matches(), "the name of a template has 1 to 64 letters, digits and signs");
        require(
                description.length() <= MAX_DESCRIPTION,
                "the description of a template has at most " + MAX_DESCRIPTION + " characters");
        declared = declared.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(declared));
        Set<SubjectPart> known = declared;
        require(
                plan.sources()
                        .allMatch(source -> !(source instanceof Source.Of(SubjectPart part)) || known.contains(part)),
                "a template uses no parameter that it does not declare");
    }

    /// @param deviceName null for a device that is called by its node id
    public record Plan(@Nullable Source deviceName, Source nodeId, Source product, SequencedMap<String, Source> tags) {
        public Plan {
            tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
        }

        Stream<Source> sources() {
            return Stream.concat(
                    Stream.of(deviceName, nodeId, product).flatMap(Stream::ofNullable), tags.values().stream());
        }
    }

    /// Where a value comes from.
    public sealed interface Source {
        record Text(String text) implements Source {}

        record Of(SubjectPart part) implements Source {}
    }

    /// What it makes of a certificate.
    record Filled(String deviceName, String nodeId, String product, Map<String, String> tags) {}

    /// Empty when the subject lacks a part that the device cannot do without.
    Optional<Filled> fill(X509Certificate certificate) {
        Optional<String> nodeId = value(plan.nodeId(), certificate);
        Optional<String> product = value(plan.product(), certificate);
        if (nodeId.isEmpty() || product.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> tags = new LinkedHashMap<>();
        plan.tags().forEach((key, source) -> value(source, certificate).ifPresent(value -> tags.put(key, value)));
        String name = plan.deviceName() == null
                ? ""
                : value(plan.deviceName(), certificate).orElse("");
        return Optional.of(new Filled(name, nodeId.get(), product.get(), tags));
    }

    private static Optional<String> value(Source source, X509Certificate certificate) {
        return switch (source) {
            case Source.Text(String text) -> Optional.of(text);
            case Source.Of(SubjectPart part) -> Subject.part(certificate.getSubjectX500Principal(), part);
        };
    }
}
