package io.berth.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The server's keys for the JDK's TLS, one of each algorithm, which is also the alias. A key store in
/// memory, the JDK's way to hand keys over, encrypts and decrypts each with a stretched password: hashing for
/// a quarter of the start.
final class ServerKeys extends X509ExtendedKeyManager {
    private final Map<String, Held> held = new HashMap<>();

    private record Held(PrivateKey key, List<X509Certificate> chain) {}

    void add(PrivateKey key, List<X509Certificate> chain) {
        held.put(key.getAlgorithm(), new Held(key, List.copyOf(chain)));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return held.containsKey(keyType) ? keyType : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return held.containsKey(keyType) ? keyType : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return held.containsKey(keyType) ? new String[] {keyType} : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Held found = held.get(alias);
        return found == null ? null : found.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Held found = held.get(alias);
        return found == null ? null : found.key();
    }
}
