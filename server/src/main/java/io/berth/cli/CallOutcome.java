package io.berth.cli;

/// What came of a call, as the server tells it.
record CallOutcome(JsonObject call) {
    private static final int GOOD = 0;
    private static final int BAD = 1;

    /// Prints it; the exit code tells whether it went well as far as it went.
    int tell(Root root) {
        if (root.output().isJson() || isGood()) {
            root.output().say(call, sentence());
        } else {
            root.shell().err().println("berth: " + Printable.of(sentence()));
        }
        return isGood() ? GOOD : BAD;
    }

    private boolean isGood() {
        return switch (call.text("state")) {
            case "answered" -> call.is("succeeded");
            case "created", "queued", "sent", "acknowledged" -> true;
            default -> false;
        };
    }

    private String sentence() {
        String device = call.text("product") + "/" + call.text("device");
        return switch (call.text("state")) {
            case "answered" -> answer(device);
            case "queued" -> "kept for " + device + " until it can take it: call " + call.text("id");
            case "sent", "created" -> "sent to " + device + ": call " + call.text("id");
            case "acknowledged" -> device + " has it: call " + call.text("id");
            default -> call.find("detail").orElseGet(() -> device + " was not told");
        };
    }

    /// What a device answers goes out as it came: it may be piped on.
    private String answer(String device) {
        if (!call.is("succeeded")) {
            String said = (call.text("code") + " " + call.text("message")).strip();
            return device + " refused" + (said.isEmpty() ? "" : ": " + said);
        }
        return call.object("output")
                .filter(output -> !output.fields().isEmpty())
                .map(JsonObject::toString)
                .orElseGet(() -> device + " did it");
    }
}
