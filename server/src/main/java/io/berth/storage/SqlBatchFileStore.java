package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.batch.BatchFile;
import io.berth.core.batch.BatchFileStore;
import java.util.List;
import java.util.Optional;

/// Files that batches are made of.
final class SqlBatchFileStore implements BatchFileStore {
    /// The bound is counted over all rows: one writer.
    private static final String LANE = "batch file";

    private final Database database;
    private final SecretCipher cipher;

    SqlBatchFileStore(Database database, SecretCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @Override
    public void insert(BatchFile file, Payload content, int most) {
        database.change(LANE, sql -> {
            if (sql.one("SELECT COUNT(*) FROM batch_file", Row::number).orElse(0L) >= most) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are at most " + most + " files for batches");
            }
            sql.update(
                    "INSERT INTO batch_file (id, name, owner, uploaded, content) VALUES (?, ?, ?, ?, ?)",
                    file.id(),
                    file.name(),
                    file.owner(),
                    file.uploaded(),
                    cipher.seal(content.toBytes(), SecretCipher.rowOfBatchFile(file.id())));
        });
    }

    @Override
    public List<BatchFile> list() {
        return database.read(sql -> sql.list(
                "SELECT id, name, owner, uploaded FROM batch_file ORDER BY id DESC",
                row -> new BatchFile(row.text(), row.text(), row.text(), row.instant())));
    }

    @Override
    public Optional<Payload> content(String id) {
        return database.read(sql -> sql.one(
                "SELECT content FROM batch_file WHERE id = ?",
                row -> Payload.owned(cipher.openBytes(row.bytes(), SecretCipher.rowOfBatchFile(id))),
                id));
    }

    @Override
    public void delete(String id) {
        database.change(LANE, sql -> sql.update("DELETE FROM batch_file WHERE id = ?", id));
    }
}
