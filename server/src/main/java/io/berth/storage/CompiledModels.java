package io.berth.storage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.berth.core.thing.ModelDocument;
import io.berth.core.thing.ThingModel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Thing models as stored, each compiled once: whoever holds the same version holds the same instance, for as
/// long as anybody does. Found by a digest of the content, which stays right when a product is deleted and
/// another one takes its key. Any thread.
final class CompiledModels {
    private final Cache<String, ThingModel> compiled =
            Caffeine.newBuilder().weakValues().build();

    /// The newest published model of each product that has one.
    Map<String, ThingModel> newest(Sql sql, Collection<String> products) throws SQLException {
        List<Stored> found = sql.list(
                """
                SELECT m.product, m.number, m.digest FROM thing_model m JOIN (
                    SELECT product, MAX(number) AS number FROM thing_model WHERE product IN %s GROUP BY product
                ) newest ON newest.product = m.product AND newest.number = m.number""".formatted(Sql.values(products.size(), 1)),
                row -> new Stored(row.text(), row.number(), row.text()),
                products.toArray());
        Map<String, ThingModel> models = new HashMap<>();
        for (Stored stored : found) {
            models.put(stored.product(), model(sql, stored));
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
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /// The model of a row that is read already.
    ThingModel get(String digest, byte[] model) {
        return compiled.get(digest, _ -> decode(model));
    }

    private ThingModel model(Sql sql, Stored stored) throws SQLException {
        ThingModel known = compiled.getIfPresent(stored.digest());
        if (known != null) {
            return known;
        }
        byte[] bytes = sql.one(
                        "SELECT model FROM thing_model WHERE product = ? AND number = ?",
                        Row::bytes,
                        stored.product(),
                        stored.number())
                .orElseThrow(() -> new SQLException("a thing model went while it was read"));
        return get(stored.digest(), bytes);
    }

    private record Stored(String product, long number, String digest) {}
}
