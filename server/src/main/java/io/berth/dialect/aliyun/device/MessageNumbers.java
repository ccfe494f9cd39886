package io.berth.dialect.aliyun.device;

import io.berth.core.login.Notes;
import io.berth.core.login.Notes.Note;
import java.time.Instant;

/// Which numbers of messages came under the tokens of one way in. Any thread.
sealed interface MessageNumbers {
    /// Of a token that was just issued.
    ///
    /// @param random the token's
    /// @param expires when the token does
    SequenceWindow begun(String random, Instant expires);

    /// Of a token that is not in memory.
    SequenceWindow resumed(String random);

    /// How far they came is noted with each that is higher, and outlives the run.
    record Noted(Notes notes) implements MessageNumbers {
        @Override
        public SequenceWindow begun(String random, Instant expires) {
            return SequenceWindow.after(notes.keep(random, SequenceWindow.FIRST - 1, expires));
        }

        @Override
        public SequenceWindow resumed(String random) {
            Note highest = notes.find(random);
            return highest == null ? SequenceWindow.forgotten() : SequenceWindow.after(highest);
        }
    }

    /// Messages have no numbers: nobody looks at the window.
    record Unasked() implements MessageNumbers {
        @Override
        public SequenceWindow begun(String random, Instant expires) {
            return SequenceWindow.unasked();
        }

        @Override
        public SequenceWindow resumed(String random) {
            return SequenceWindow.unasked();
        }
    }
}
