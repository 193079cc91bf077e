//! What is sent: too much of it is refused in the words of the document, whatever the route.

use std::collections::BTreeMap;

use serde_json::Value;
use testkit::TestApp;

/// More than any operation takes.
const TOO_MUCH: usize = 13 * 1024 * 1024;
/// More than one takes whose body is JSON; provisioning alone takes more.
const TOO_MUCH_JSON: usize = 3 * 1024 * 1024;

/// What answers otherwise than that it is too large, how, and why.
const OTHERWISE: [(&str, u16, &str); 8] = [
    ("addImportFile", 404, "a file is taken as it comes: that there is no such import is known before"),
    ("appendUpload", 404, "a file is taken as it comes: that there is no such upload is known before"),
    ("changeOperatorPassword", 401, "of operators alone: nothing is read of anybody else"),
    ("createImport", 201, "a list of people may be as large"),
    ("limitOrganisation", 401, "of operators alone: nothing is read of anybody else"),
    ("recordDisclosure", 401, "of operators alone: nothing is read of anybody else"),
    ("refuseVerification", 401, "of operators alone: nothing is read of anybody else"),
    ("suspendOrganisation", 401, "of operators alone: nothing is read of anybody else"),
];

#[tokio::test]
async fn whatever_is_too_large_is_refused_with_a_problem_by_every_route() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    let t = TestApp::with(modules).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let document = serde_json::to_value(kernel::document(server::modules::all()).unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let every = paths.flat_map(|(path, methods)| methods.as_object().unwrap().iter().map(move |one| (path, one)));
    let mut refused = 0;
    let mut otherwise = BTreeMap::new();
    for (path, (method, operation)) in every {
        let Some(kinds) = operation["requestBody"]["content"].as_object() else { continue };
        let kind = kinds.keys().next().unwrap().as_str();
        let length = if kind == "application/json" { TOO_MUCH_JSON } else { TOO_MUCH };
        let body = [b"{\"x\": \"".as_slice(), &vec![b'x'; length], b"\"}"].concat();
        let (place, method) = (whole(path, operation), method.to_uppercase());
        let headers = [("content-type", kind), ("tus-resumable", "1.0.0"), ("upload-offset", "0")];
        let answer = t.answer(Some(&ann), &method, &place, body, &headers).await;
        let status = answer.status().as_u16();
        let id = operation["operationId"].as_str().unwrap();
        if status != 413 {
            otherwise.insert(id, status);
        }
        if status < 400 {
            continue;
        }
        let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
        assert_eq!(kind.as_deref(), Some("application/problem+json"), "{method} {path}: {status}");
        if status == 413 {
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            let problem: Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(problem["code"], "too_large", "{method} {path}");
            refused += 1;
        }
    }
    let known: BTreeMap<&str, u16> = OTHERWISE.iter().map(|(id, status, _)| (*id, *status)).collect();
    assert_eq!(otherwise, known, "what is too large is refused, or the operation stands in the list with the reason");
    assert!(refused > 70, "{refused}");
    let body = vec![b'x'; TOO_MUCH];
    let answer = t.answer(Some(&ann), "PROPFIND", "/dav/", body, &[]).await;
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    assert_eq!((answer.status().as_u16(), kind.as_str()), (413, "application/problem+json"), "outside of the document");
}

/// The address with something in place of what varies, and what has to stand in the query.
fn whole(path: &str, operation: &Value) -> String {
    let id = "0197c2f0-0000-7000-8000-000000000001";
    let parameters = || operation["parameters"].as_array().into_iter().flatten();
    let is_number = |name: &str| parameters().any(|one| one["name"] == name && one["schema"]["type"] == "integer");
    let fill = |part| match str::strip_prefix(part, '{').and_then(|part| part.strip_suffix('}')) {
        Some(name) => {
            if is_number(name) {
                "7"
            } else {
                id
            }
        }
        None => part,
    };
    let parts: Vec<&str> = path.split('/').map(fill).collect();
    let needed = parameters().filter(|one| one["in"] == "query" && one["required"] == true);
    let query: Vec<String> = needed.map(|one| format!("{}={}", one["name"].as_str().unwrap(), "customer")).collect();
    if query.is_empty() { parts.join("/") } else { format!("{}?{}", parts.join("/"), query.join("&")) }
}
