//! The security headers that every answer carries.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Browser features a page could ask for. What the data map does not declare is off.
const FEATURES: &[&str] = &[
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "clipboard-write",
    "compute-pressure",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

/// What does not change between answers, made once.
#[derive(Clone, Debug)]
pub struct SecurityHeaders {
    fixed: Vec<(HeaderName, HeaderValue)>,
    socket_origin: String,
}

impl SecurityHeaders {
    /// `permissions`: the features that the data map declares, in the words of `Permissions-Policy`.
    pub fn new(public_url: &str, permissions: &[String]) -> Self {
        let mut fixed = vec![
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
            (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
            (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
            (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
        ];
        if let Ok(value) = HeaderValue::from_str(&permissions_policy(permissions)) {
            fixed.push((HeaderName::from_static("permissions-policy"), value));
        }
        if public_url.starts_with("https://") {
            fixed.push((
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=63072000; includeSubDomains"),
            ));
        }
        // Older browsers do not count wss: as 'self'.
        let socket_origin = public_url.replacen("http", "ws", 1);
        Self { fixed, socket_origin }
    }

    /// Adds what the answer has not set itself; an answer that is no page may load nothing at all.
    pub fn add_to(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.fixed {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| {
            HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        });
    }

    /// The policy of the client's page. Styles that the program makes at run time carry the nonce; scripts come from
    /// our files only.
    pub fn page_policy(&self, nonce: &str) -> String {
        let socket = &self.socket_origin;
        format!(
            "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; \
             font-src 'self'; connect-src 'self' {socket}; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; \
             base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
    }
}

fn permissions_policy(declared: &[String]) -> String {
    let own = |feature: &str| declared.iter().any(|name| name == feature);
    let lines =
        FEATURES.iter().map(|feature| if own(feature) { format!("{feature}=(self)") } else { format!("{feature}=()") });
    lines.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{SecurityHeaders, permissions_policy};
    use axum::http::HeaderMap;

    #[test]
    fn only_declared_permissions_are_on() {
        let policy = permissions_policy(&["clipboard-write".to_owned()]);
        assert!(
            policy.contains("clipboard-write=(self)")
                && policy.contains("camera=()")
                && policy.contains("geolocation=()")
        );
        assert_eq!(policy.matches("(self)").count(), 1);
    }

    #[test]
    fn transport_security_is_promised_only_under_tls() {
        let promised = |url: &str| {
            let mut headers = HeaderMap::new();
            SecurityHeaders::new(url, &[]).add_to(&mut headers);
            headers.contains_key("strict-transport-security")
        };
        assert!(promised("https://office.example.org"));
        assert!(!promised("http://127.0.0.1:8080"));
    }
}
