package io.berth.core.certificate;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.Template.Plan;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Templates by which devices register themselves. Blocking; any thread.
public final class Templates {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 12;

    private final TemplateStore store;
    private final CertificateConfig config;
    private final InstantSource clock;

    public Templates(TemplateStore store, CertificateConfig config, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /// What a template says.
    public record Draft(String name, String description, Set<SubjectPart> declared, Plan plan) {}

    /// INVALID_ARGUMENT, LIMIT_REACHED, VERSION_CONFLICT when the name is taken.
    public Template create(Draft draft) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        Instant now = now();
        Template template = template(HexFormat.of().formatHex(id), draft, now);
        store.insert(template, config.maxTemplates());
        return template;
    }

    /// NOT_FOUND.
    public Template get(String id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no template \"" + id + "\""));
    }

    /// The newest first.
    public List<Template> list() {
        return store.list();
    }

    /// Its name stays.
    public Template change(String id, Draft draft) {
        Template changed = template(id, draft, get(id).created());
        store.update(changed);
        return changed;
    }

    /// NOT_FOUND; VERSION_CONFLICT while an authority uses it.
    public void delete(String id) {
        store.delete(id);
    }

    private Template template(String id, Draft draft, Instant created) {
        return new Template(id, draft.name(), draft.description(), draft.declared(), draft.plan(), created, now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
