package io.berth.dialect.aliyun.device;

import io.berth.core.login.Handover.Note;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How far the numbers came under tokens that are not in memory. Any thread.
sealed interface EarlierNumbers {
    /// Where a token goes on.
    ///
    /// @param random the token's
    SequenceWindow resumed(String random);

    /// Adds what nobody asked for, until there are `most`.
    void fill(Map<String, Note> notes, int most);

    /// What an earlier run left, each for whoever asks first.
    record Left(Map<String, Note> notes) implements EarlierNumbers {
        public Left {
            notes = new ConcurrentHashMap<>(notes);
        }

        @Override
        public SequenceWindow resumed(String random) {
            Note note = notes.remove(random);
            return note == null ? SequenceWindow.forgotten() : SequenceWindow.after(note.value());
        }

        @Override
        public void fill(Map<String, Note> all, int most) {
            notes.entrySet().stream()
                    .limit(Math.max(0, most - all.size()))
                    .forEach(left -> all.putIfAbsent(left.getKey(), left.getValue()));
        }
    }

    /// Of a way in on which messages have no numbers: nobody looks at the window.
    record None() implements EarlierNumbers {
        @Override
        public SequenceWindow resumed(String random) {
            return SequenceWindow.from(AliyunCoapTokens.FIRST);
        }

        @Override
        public void fill(Map<String, Note> notes, int most) {}
    }
}
