package io.berth.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.berth.binary.ValueCodec;
import io.berth.core.credential.Sha256;
import io.berth.core.thing.ModelDocument;
import io.berth.core.thing.ThingModel;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Thing models as stored, each compiled once: whoever holds the same version holds the same instance, for as
/// long as anybody does. Found by a digest of the content, which stays right when a product is deleted and
/// another one takes its key. Any thread.
final class CompiledModels {
    private final Cache<String, ThingModel> compiled =
            Caffeine.newBuilder().weakValues().build();

    /// The newest published model of each product that has one.
    Map<String, ThingModel> newest(Sql sql, Collection<String> products) throws SQLException {
        String newest = "SELECT product, MAX(number) AS number FROM thing_model WHERE product IN "
                + Sql.values(products.size(), 1) + " GROUP BY product";
        List<Stored> found = sql.list(
                "SELECT m.product, m.number, m.digest FROM thing_model m JOIN (" + newest
                        + ") n ON n.product = m.product AND n.number = m.number",
                row -> new Stored(row.text(), row.number(), row.text()),
                products.toArray());
        Map<String, ThingModel> models = new HashMap<>();
        for (Stored stored : found) {
            // absent: the product was deleted between the two queries
            model(sql, stored).ifPresent(model -> models.put(stored.product(), model));
        }
        return models;
    }

    static byte[] encode(ThingModel model) {
        return ValueCodec.encode(ModelDocument.write(model));
    }

    static ThingModel decode(byte[] model) {
        return ModelDocument.read(ValueCodec.decodeFields(model));
    }

    static String digest(byte[] model) {
        return Sha256.hex(model);
    }

    /// The model of a row that is read already.
    ThingModel get(String digest, byte[] model) {
        return compiled.get(digest, _ -> decode(model));
    }

    private Optional<ThingModel> model(Sql sql, Stored stored) throws SQLException {
        ThingModel known = compiled.getIfPresent(stored.digest());
        return known != null
                ? Optional.of(known)
                : sql.one(
                        "SELECT model FROM thing_model WHERE product = ? AND number = ?",
                        row -> get(stored.digest(), row.bytes()),
                        stored.product(),
                        stored.number());
    }

    private record Stored(String product, long number, String digest) {}
}
