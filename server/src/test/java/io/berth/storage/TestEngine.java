package io.berth.storage;

import java.nio.file.Path;
import java.time.InstantSource;

/// The engines every store contract is tested on.
enum TestEngine {
    SQLITE {
        @Override
        String emptyDatabase() {
            return "";
        }

        @Override
        String newDatabase(Path directory) {
            EmptyDatabase.lay(directory);
            return "";
        }
    },
    POSTGRESQL {
        @Override
        String emptyDatabase() {
            return PostgresServer.running().emptySchema();
        }

        @Override
        String newDatabase(Path directory) {
            return PostgresServer.running().newSchema();
        }
    };

    /// The address of a database without tables; empty for the one in the data directory.
    abstract String emptyDatabase();

    /// The address of a database with all tables and nothing in them; empty for the one in the data directory.
    abstract String newDatabase(Path directory);

    Storage open(Path directory, InstantSource clock) {
        return Storage.open(
                Samples.config(newDatabase(directory)), directory, MasterKey.load(directory, Samples.KEY), clock);
    }
}
