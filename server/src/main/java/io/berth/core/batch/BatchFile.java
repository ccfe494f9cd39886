package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import java.time.Instant;
import java.util.regex.Pattern;

/// A list of devices that somebody brought for batches; what it says is read when a batch is made of it.
///
/// @param owner the name of the caller who brought it
public record BatchFile(String id, String name, String owner, Instant uploaded) {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}/\\\\]{1,255}");

    public BatchFile {
        require(
                NAME.matcher(name).matches(),
                "a file's name has 1 to 255 characters, no slashes, no control characters");
    }
}
