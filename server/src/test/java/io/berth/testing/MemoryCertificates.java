package io.berth.testing;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.Authorities;
import io.berth.core.certificate.Authority;
import io.berth.core.certificate.Authority.Revocations;
import io.berth.core.certificate.AuthorityStore;
import io.berth.core.certificate.CertificateStore;
import io.berth.core.certificate.DeviceCertificate;
import io.berth.core.certificate.Mint.Minted;
import io.berth.core.certificate.Template;
import io.berth.core.certificate.TemplateStore;
import io.berth.core.credential.Fingerprint;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Certificates of devices, authorities of owners and templates in memory. It knows no spaces and keeps no
/// links.
public final class MemoryCertificates {
    private final Map<Fingerprint, DeviceCertificate> made = new ConcurrentHashMap<>();
    private final Map<Fingerprint, Payload> keys = new ConcurrentHashMap<>();
    private final Map<String, Authority> authorities = new ConcurrentHashMap<>();
    private final Map<String, Collection<String>> revoked = new ConcurrentHashMap<>();
    private final Map<String, Template> templates = new ConcurrentHashMap<>();
    private volatile @Nullable Minted authority;

    public CertificateStore certificates() {
        return new Certificates();
    }

    public AuthorityStore authorities() {
        return new Owners();
    }

    public TemplateStore templates() {
        return new Templates();
    }

    private final class Certificates implements CertificateStore {
        @Override
        public Optional<Minted> authority() {
            return Optional.ofNullable(authority);
        }

        @Override
        public Minted keepAuthority(Minted minted, Instant now) {
            synchronized (MemoryCertificates.this) {
                Minted kept = authority == null ? minted : authority;
                authority = kept;
                return kept;
            }
        }

        @Override
        public void insert(DeviceCertificate certificate, @Nullable Payload key, int mostOfDevice) {
            if (of(certificate.device()).count() >= mostOfDevice) {
                throw new ProblemException(Problem.LIMIT_REACHED, "too many certificates");
            }
            made.put(certificate.fingerprint(), certificate);
            if (key != null) {
                keys.put(certificate.fingerprint(), key);
            }
        }

        @Override
        public Optional<DeviceCertificate> find(Fingerprint fingerprint) {
            return Optional.ofNullable(made.get(fingerprint));
        }

        @Override
        public Optional<DeviceCertificate> find(DeviceId device, String serial) {
            return of(device)
                    .filter(certificate -> certificate.serial().equals(serial))
                    .findFirst();
        }

        @Override
        public Optional<DeviceCertificate> newest(DeviceId device) {
            return of(device).max(Comparator.comparing(DeviceCertificate::issued));
        }

        @Override
        public Page<DeviceCertificate> list(Filter filter, Page.Request page) {
            List<DeviceCertificate> found = made.values().stream()
                    .filter(certificate -> filter.product() == null
                            || filter.product().equals(certificate.device().product()))
                    .filter(certificate -> filter.device() == null
                            || filter.device().equals(certificate.device().name()))
                    .sorted(Comparator.comparing((DeviceCertificate certificate) ->
                                    certificate.device().toString())
                            .thenComparing(DeviceCertificate::issued))
                    .limit(page.limit())
                    .toList();
            return new Page<>(found, null);
        }

        @Override
        public Optional<Payload> key(Fingerprint fingerprint) {
            return Optional.ofNullable(keys.get(fingerprint));
        }

        @Override
        public boolean revoke(Fingerprint fingerprint, Instant at) {
            DeviceCertificate before = made.get(fingerprint);
            if (before == null || before.revoked() != null) {
                return false;
            }
            keys.remove(fingerprint);
            made.put(
                    fingerprint,
                    new DeviceCertificate(
                            before.serial(),
                            fingerprint,
                            before.device(),
                            before.pem(),
                            before.issued(),
                            before.expires(),
                            at));
            return true;
        }

        @Override
        public int forgetKeys(Instant madeBefore) {
            int before = keys.size();
            keys.keySet().removeIf(fingerprint -> {
                DeviceCertificate certificate = made.get(fingerprint);
                return certificate == null || certificate.issued().isBefore(madeBefore);
            });
            return before - keys.size();
        }

        @Override
        public Ending ending(Instant from, Instant until) {
            List<DeviceCertificate> ending = made.values().stream()
                    .filter(certificate -> certificate.revoked() == null
                            && !certificate.expires().isBefore(from)
                            && certificate.expires().isBefore(until)
                            && of(certificate.device())
                                    .noneMatch(other -> other.revoked() == null
                                            && other.expires().isAfter(certificate.expires())))
                    .sorted(Comparator.comparing(DeviceCertificate::expires))
                    .toList();
            return new Ending(ending.size(), ending.isEmpty() ? null : ending.getFirst());
        }

        @Override
        public void insertLink(Link link, Instant now, int mostOfBatch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Link> findLink(String digest) {
            return Optional.empty();
        }

        private Stream<DeviceCertificate> of(DeviceId device) {
            return new ArrayList<>(made.values())
                    .stream().filter(certificate -> certificate.device().equals(device));
        }
    }

    private final class Owners implements AuthorityStore {
        @Override
        public void insert(Authority added, int most) {
            if (authorities.size() >= most) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + most + " authorities already");
            }
            if (authorities.values().stream()
                    .anyMatch(other -> other.space().equals(added.space())
                            && other.certificate().equals(added.certificate()))) {
                throw new ProblemException(Problem.VERSION_CONFLICT, "the authority is there already");
            }
            authorities.put(added.id(), added);
        }

        @Override
        public void update(Authority changed) {
            if (authorities.replace(changed.id(), changed) == null) {
                throw Authorities.notFound(changed.id());
            }
        }

        @Override
        public void delete(String id) {
            if (authorities.remove(id) == null) {
                throw Authorities.notFound(id);
            }
        }

        @Override
        public Optional<Authority> find(String id) {
            return Optional.ofNullable(authorities.get(id));
        }

        @Override
        public List<Authority> list() {
            return authorities.values().stream()
                    .sorted(Comparator.comparing(Authority::created).reversed())
                    .toList();
        }

        @Override
        public void replaceRevocations(String id, Revocations revocations, Collection<String> serials) {
            Authority before = find(id).orElseThrow(() -> Authorities.notFound(id));
            revoked.put(id, List.copyOf(serials));
            authorities.put(
                    id,
                    new Authority(
                            id,
                            before.space(),
                            before.certificate(),
                            before.code(),
                            before.verified(),
                            before.enrols(),
                            before.template(),
                            revocations,
                            before.created()));
        }

        @Override
        public boolean isRevoked(String id, Collection<String> serials) {
            return serials.stream().anyMatch(revoked.getOrDefault(id, List.of())::contains);
        }
    }

    private final class Templates implements TemplateStore {
        @Override
        public void insert(Template template, int most) {
            if (templates.size() >= most) {
                throw new ProblemException(Problem.LIMIT_REACHED, "there are " + most + " templates already");
            }
            if (list().stream().anyMatch(other -> other.name().equals(template.name()))) {
                throw new ProblemException(Problem.VERSION_CONFLICT, "the name is taken");
            }
            templates.put(template.id(), template);
        }

        @Override
        public void update(Template template) {
            templates.put(template.id(), template);
        }

        @Override
        public void delete(String id) {
            if (authorities.values().stream().anyMatch(owner -> id.equals(owner.template()))) {
                throw new ProblemException(Problem.VERSION_CONFLICT, "an authority uses it");
            }
            if (templates.remove(id) == null) {
                throw new ProblemException(Problem.NOT_FOUND, "there is no template \"" + id + "\"");
            }
        }

        @Override
        public Optional<Template> find(String id) {
            return Optional.ofNullable(templates.get(id));
        }

        @Override
        public List<Template> list() {
            return templates.values().stream()
                    .sorted(Comparator.comparing(Template::created).reversed())
                    .toList();
        }
    }
}
