package io.berth.core.certificate;

import java.util.List;
import java.util.Optional;

/// Where templates are kept. Blocking; what returned is durable.
public interface TemplateStore {
    /// LIMIT_REACHED when there are so many; VERSION_CONFLICT when the name is taken.
    void insert(Template template, int most);

    /// NOT_FOUND.
    void update(Template template);

    /// NOT_FOUND; VERSION_CONFLICT while an authority uses it.
    void delete(String id);

    Optional<Template> find(String id);

    /// The newest first.
    List<Template> list();
}
