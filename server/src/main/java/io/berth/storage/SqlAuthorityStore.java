package io.berth.storage;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.Authorities;
import io.berth.core.certificate.Authority;
import io.berth.core.certificate.Authority.Revocations;
import io.berth.core.certificate.AuthorityStore;
import io.berth.core.credential.Fingerprint;
import io.berth.core.product.Spaces;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Authorities of owners. All of them are in memory, because every login by certificate looks at them.
final class SqlAuthorityStore implements AuthorityStore {
    /// Another node's change takes effect here after this.
    private static final Duration KEPT = Duration.ofSeconds(5);

    private static final String LANE = "owner-authorities";
    private static final String ALL = """
            SELECT id, space, certificate, code, verified, enrols, template, list_issued, list_next, list_count, created
            FROM owner_authority ORDER BY created DESC, id""";

    private final Database database;
    private final RecentReading<List<Authority>> recent;

    SqlAuthorityStore(Database database, InstantSource clock) {
        this.database = database;
        this.recent = new RecentReading<>(
                () -> database.read(sql -> sql.list(ALL, SqlAuthorityStore::authority)), KEPT, clock);
    }

    @Override
    public void insert(Authority authority, int most) {
        change(Database.referring(() -> Spaces.notFound(authority.space()), sql -> {
            if (sql.one("SELECT COUNT(*) FROM owner_authority", Row::number).orElse(0L) >= most) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + most + " authorities already");
            }
            int inserted = sql.update(
                    """
                    INSERT INTO owner_authority (id, space, fingerprint, certificate, code, verified, enrols, template,
                    created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                    authority.id(),
                    authority.space(),
                    Fingerprint.of(authority.certificate()).hex(),
                    SqlCertificateStore.encoded(authority.certificate()),
                    authority.code(),
                    authority.verified(),
                    authority.enrols(),
                    authority.template(),
                    authority.created());
            if (inserted == 0) {
                throw new ProblemException(
                        Problem.VERSION_CONFLICT,
                        "the resource space has the authority " + authority.commonName() + " already");
            }
            return inserted;
        }));
    }

    @Override
    public void update(Authority authority) {
        change(Database.referring(
                () -> new ProblemException(Problem.NOT_FOUND, "there is no template \"" + authority.template() + "\""),
                sql -> demandFound(
                        sql.update(
                                "UPDATE owner_authority SET verified = ?, enrols = ?, template = ? WHERE id = ?",
                                authority.verified(),
                                authority.enrols(),
                                authority.template(),
                                authority.id()),
                        authority.id())));
    }

    @Override
    public void delete(String id) {
        change(sql -> demandFound(sql.update("DELETE FROM owner_authority WHERE id = ?", id), id));
    }

    @Override
    public Optional<Authority> find(String id) {
        return list().stream().filter(authority -> authority.id().equals(id)).findFirst();
    }

    @Override
    public List<Authority> list() {
        return recent.get();
    }

    @Override
    public void replaceRevocations(String id, Revocations revocations, Collection<String> serials) {
        List<@Nullable Object[]> rows = serials.stream()
                .map(serial -> new @Nullable Object[] {id, serial})
                .toList();
        change(sql -> {
            demandFound(
                    sql.update(
                            "UPDATE owner_authority SET list_issued = ?, list_next = ?, list_count = ? WHERE id = ?",
                            revocations.issued(),
                            revocations.nextUpdate(),
                            revocations.count(),
                            id),
                    id);
            sql.update("DELETE FROM revoked_serial WHERE authority = ?", id);
            sql.updateAll("INSERT INTO revoked_serial (authority, serial) VALUES (?, ?)", rows);
            return rows.size();
        });
    }

    @Override
    public boolean isRevoked(String id, Collection<String> serials) {
        List<@Nullable Object> values = new ArrayList<>(List.of(id));
        values.addAll(serials);
        return !serials.isEmpty()
                && database.read(sql -> sql.exists(
                        "SELECT 1 FROM revoked_serial WHERE authority = ? AND serial IN "
                                + Sql.values(serials.size(), 1),
                        values.toArray()));
    }

    private void change(Engine.Work<Integer> work) {
        database.write(LANE, work);
        recent.forget();
    }

    private static int demandFound(int rows, String id) {
        if (rows == 0) {
            throw Authorities.notFound(id);
        }
        return rows;
    }

    private static Authority authority(Row row) throws SQLException {
        return new Authority(
                row.text(),
                row.text(),
                SqlCertificateStore.decoded(row.bytes()),
                row.text(),
                row.flag(),
                row.flag(),
                row.textOrNull(),
                revocations(row),
                row.instant());
    }

    private static @Nullable Revocations revocations(Row row) throws SQLException {
        Instant issued = row.instantOrNull();
        Instant next = row.instantOrNull();
        long count = row.number();
        return issued == null ? null : new Revocations(issued, next, count);
    }
}
