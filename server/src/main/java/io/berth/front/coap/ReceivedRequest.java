package io.berth.front.coap;

import io.berth.core.Payload;
import io.berth.core.login.Refusal.Channel;
import io.berth.dialect.CoapOption;
import io.berth.dialect.CoapRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for the dialect.
///
/// @param body the payload, its blocks put together
record ReceivedRequest(Message message, Payload body, Peer peer, Instant time) implements CoapRequest {
    private static final int POST = 2;

    @Override
    public boolean isPost() {
        return message.code() == POST;
    }

    @Override
    public List<String> path() {
        return texts(Options.URI_PATH);
    }

    @Override
    public @Nullable String query(String name) {
        for (String part : texts(Options.URI_QUERY)) {
            if (part.length() > name.length() && part.startsWith(name) && part.charAt(name.length()) == '=') {
                return part.substring(name.length() + 1);
            }
        }
        return null;
    }

    @Override
    public @Nullable Payload option(int number) {
        CoapOption option = message.option(number);
        return option == null ? null : option.value();
    }

    @Override
    public boolean hasUnknownCriticalOption() {
        for (CoapOption option : message.options()) {
            if (Options.isUnknownCritical(option)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int contentFormat() {
        return number(Options.CONTENT_FORMAT);
    }

    @Override
    public int accept() {
        return number(Options.ACCEPT);
    }

    @Override
    public Payload payload() {
        return body;
    }

    @Override
    public boolean isSecure() {
        return peer.isSecure();
    }

    @Override
    public Channel channel() {
        return peer.channel();
    }

    private int number(int optionNumber) {
        CoapOption option = message.option(optionNumber);
        return option == null ? NO_FORMAT : option.asNumber();
    }

    private List<String> texts(int optionNumber) {
        return message.options().stream()
                .filter(option -> option.number() == optionNumber)
                .map(option -> option.value().text())
                .toList();
    }
}
