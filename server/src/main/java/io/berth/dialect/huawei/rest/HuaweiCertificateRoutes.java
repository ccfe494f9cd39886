package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.certificate.Authorities;
import io.berth.core.certificate.Authority;
import io.berth.core.product.Space;
import io.berth.dialect.huawei.HuaweiStamp;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Authorities whose certificates devices log in with (spec huawei-iotda 2.5, 7.11).
final class HuaweiCertificateRoutes {
    private final Authorities authorities;

    HuaweiCertificateRoutes(RestServices services) {
        this.authorities = services.certified().authorities();
    }

    record NewCertificate(String content, @Nullable String appId) {}

    record Wanted(
            @Nullable String appId,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {}

    /// What is null stays.
    record Changed(
            String certificateId,
            @Nullable Boolean provisionEnable,
            @Nullable String templateId) {}

    record CertificateOnly(String certificateId) {}

    record Proof(String certificateId, String actionId, String verifyContent) {}

    record Shown(
            String certificateId,
            String cnName,
            String owner,
            boolean status,
            String verifyCode,
            boolean provisionEnable,
            @Nullable String templateId,
            String createDate,
            String effectiveDate,
            String expiryDate) {}

    record ShownList(List<Shown> certificates, Paging.Shown page) {}

    Shown add(RestCall<NewCertificate> call) {
        Space space = call.sight().space(call.input().appId());
        return shown(authorities.add(space.id(), call.input().content()));
    }

    ShownList list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        String space = wanted.appId() == null
                ? null
                : call.sight().space(wanted.appId()).id();
        List<Authority> all = authorities.list().stream()
                .filter(authority -> space == null
                        ? call.sight().rights().reach(authority.space())
                        : space.equals(authority.space()))
                .toList();
        var part = paging.of(all, HuaweiCertificateRoutes::marker, HuaweiCertificateRoutes::shown);
        return new ShownList(part.items(), part.page());
    }

    Shown update(RestCall<Changed> call) {
        Changed wanted = call.input();
        Authority authority = authority(call.sight(), wanted.certificateId());
        boolean enrols = Objects.requireNonNullElse(wanted.provisionEnable(), authority.enrols());
        require(
                !enrols || wanted.templateId() != null || authority.template() != null,
                "\"provision_enable\" needs a \"template_id\"");
        return shown(authorities.enrol(authority.id(), enrols, wanted.templateId()));
    }

    @Nullable
    Void delete(RestCall<CertificateOnly> call) {
        authorities.delete(authority(call.sight(), call.input().certificateId()).id());
        return null;
    }

    @Nullable
    Void verify(RestCall<Proof> call) {
        Proof proof = call.input();
        require(proof.actionId().equals("verify"), "\"action_id\" must be verify");
        authorities.verify(authority(call.sight(), proof.certificateId()).id(), proof.verifyContent());
        return null;
    }

    private Authority authority(Sight sight, String id) {
        Authority authority = authorities.get(id);
        if (!sight.rights().reach(authority.space())) {
            throw Authorities.notFound(id);
        }
        return authority;
    }

    private static Shown shown(Authority authority) {
        X509Certificate certificate = authority.certificate();
        return new Shown(
                authority.id(),
                authority.commonName(),
                authority.owner(),
                authority.verified(),
                authority.code(),
                authority.enrols(),
                authority.template(),
                HuaweiStamp.seconds(authority.created()),
                HuaweiStamp.seconds(certificate.getNotBefore().toInstant()),
                HuaweiStamp.seconds(certificate.getNotAfter().toInstant()));
    }

    private static String marker(Authority authority) {
        return Paging.marker(authority.created(), authority.id());
    }
}
