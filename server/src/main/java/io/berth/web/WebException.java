package io.berth.web;

/// Ends a request with this problem.
public final class WebException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ProblemDocument document;

    public WebException(ProblemDocument document) {
        super(document.detail());
        this.document = document;
    }

    static WebException ofStatus(int status, String detail) {
        return new WebException(ProblemDocument.ofStatus(status, detail));
    }

    public ProblemDocument document() {
        return document;
    }
}
