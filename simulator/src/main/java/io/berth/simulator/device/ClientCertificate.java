package io.berth.simulator.device;

/// What a device of Alibaba's with a certificate of the platform has, in PEM.
public record ClientCertificate(Identity device, String certificate, String privateKey) {
    /// The login behind the certificate, which signs nothing (spec aliyun-device 1.6).
    public Login login() {
        return new Login(
                device.product() + "." + device.name() + "|securemode=2,_ss=1|",
                device.name() + "&" + device.product(),
                "");
    }

    @Override
    public String toString() {
        return device.product() + "/" + device.name(); // never the key
    }
}
