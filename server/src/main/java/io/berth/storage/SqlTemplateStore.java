package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.certificate.SubjectPart;
import io.berth.core.certificate.Template;
import io.berth.core.certificate.Template.Plan;
import io.berth.core.certificate.Template.Source;
import io.berth.core.certificate.TemplateStore;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Templates by which devices register themselves.
final class SqlTemplateStore implements TemplateStore {
    private static final String LANE = "templates";
    private static final String SELECT =
            "SELECT id, name, description, declared, plan, created, updated FROM certificate_template";
    private static final String NAME = "name";
    private static final String NODE = "node";
    private static final String PRODUCT = "product";
    private static final String TAGS = "tags";
    private static final String PART = "part";

    private final Database database;

    SqlTemplateStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Template template, int most) {
        database.change(LANE, sql -> {
            if (sql.one("SELECT COUNT(*) FROM certificate_template", Row::number)
                            .orElse(0L)
                    >= most) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + most + " templates already");
            }
            int inserted = sql.update(
                    """
                    INSERT INTO certificate_template (id, name, description, declared, plan, created, updated)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                    template.id(),
                    template.name(),
                    template.description(),
                    declared(template),
                    ValueCodec.encode(value(template.plan())),
                    template.created(),
                    template.updated());
            if (inserted == 0) {
                throw new ProblemException(
                        Problem.VERSION_CONFLICT, "there is a template \"" + template.name() + "\" already");
            }
        });
    }

    @Override
    public void update(Template template) {
        database.change(LANE, sql -> {
            int updated = sql.update(
                    "UPDATE certificate_template SET description = ?, declared = ?, plan = ?, updated = ? WHERE id = ?",
                    template.description(),
                    declared(template),
                    ValueCodec.encode(value(template.plan())),
                    template.updated(),
                    template.id());
            demandFound(updated, template.id());
        });
    }

    @Override
    public void delete(String id) {
        database.write(
                LANE,
                Database.referring(
                        () -> new ProblemException(
                                Problem.VERSION_CONFLICT, "an authority registers devices by template " + id),
                        sql -> {
                            demandFound(sql.update("DELETE FROM certificate_template WHERE id = ?", id), id);
                            return true;
                        }));
    }

    @Override
    public Optional<Template> find(String id) {
        return database.read(sql -> sql.one(SELECT + " WHERE id = ?", SqlTemplateStore::template, id));
    }

    @Override
    public List<Template> list() {
        return database.read(sql -> sql.list(SELECT + " ORDER BY created DESC, id", SqlTemplateStore::template));
    }

    private static void demandFound(int rows, String id) {
        if (rows == 0) {
            throw new ProblemException(Problem.NOT_FOUND, "there is no template \"" + id + "\"");
        }
    }

    private static String declared(Template template) {
        return template.declared().stream().map(Enum::name).collect(Collectors.joining(","));
    }

    private static Template template(Row row) throws SQLException {
        return new Template(
                row.text(),
                row.text(),
                row.text(),
                declared(row.text()),
                plan(ValueCodec.decodeFields(row.bytes())),
                row.instant(),
                row.instant());
    }

    private static Set<SubjectPart> declared(String words) {
        return words.isEmpty()
                ? Set.of()
                : Stream.of(words.split(",")).map(SubjectPart::valueOf).collect(Collectors.toSet());
    }

    private static Value.Fields value(Plan plan) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        if (plan.deviceName() != null) {
            fields.put(NAME, value(plan.deviceName()));
        }
        fields.put(NODE, value(plan.nodeId()));
        fields.put(PRODUCT, value(plan.product()));
        SequencedMap<String, Value> tags = new LinkedHashMap<>();
        plan.tags().forEach((key, source) -> tags.put(key, value(source)));
        fields.put(TAGS, new Value.Fields(tags));
        return new Value.Fields(fields);
    }

    private static Value value(Source source) {
        return switch (source) {
            case Source.Text(String text) -> new Value.Text(text);
            case Source.Of(SubjectPart part) -> Value.Fields.of(PART, new Value.Text(part.name()));
        };
    }

    private static Plan plan(Value.Fields fields) {
        SequencedMap<String, Source> tags = new LinkedHashMap<>();
        if (fields.get(TAGS) instanceof Value.Fields kept) {
            kept.fields().forEach((key, value) -> tags.put(key, source(value)));
        }
        return new Plan(
                fields.fields().containsKey(NAME) ? source(fields.get(NAME)) : null,
                source(fields.get(NODE)),
                source(fields.get(PRODUCT)),
                tags);
    }

    private static Source source(Value value) {
        return switch (value) {
            case Value.Text(String text) -> new Source.Text(text);
            case Value.Fields part
            when part.get(PART) instanceof Value.Text(String word) -> new Source.Of(SubjectPart.valueOf(word));
            default -> throw new IllegalStateException("no source of a value: " + value);
        };
    }
}
