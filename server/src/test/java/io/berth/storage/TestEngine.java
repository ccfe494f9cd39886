package io.berth.storage;

import java.nio.file.Path;
import java.time.InstantSource;

/// The engines every store contract is tested on.
enum TestEngine {
    SQLITE {
        @Override
        String newDatabase() {
            return "";
        }
    },
    POSTGRESQL {
        @Override
        String newDatabase() {
            return PostgresServer.running().newSchema();
        }
    };

    /// The address of an empty database; empty for the one in the data directory.
    abstract String newDatabase();

    Storage open(Path directory, InstantSource clock) {
        return Storage.open(Samples.config(newDatabase()), directory, MasterKey.load(directory, Samples.KEY), clock);
    }
}
