package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The two ways JSON carries bytes: as text where they are UTF-8, else as Base64.
record Content(@Nullable String text, @Nullable String base64) {
    static Payload read(@Nullable String text, @Nullable String base64) {
        require((text == null) != (base64 == null), "give either \"text\" or \"base64\"");
        if (text != null) {
            return Payload.of(text);
        }
        try {
            return Payload.owned(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"base64\" is not Base64", e);
        }
    }

    static Content of(Payload payload) {
        Optional<String> text = payload.utf8();
        return text.isPresent()
                ? new Content(text.get(), null)
                : new Content(null, Base64.getEncoder().encodeToString(payload.toBytes()));
    }
}
