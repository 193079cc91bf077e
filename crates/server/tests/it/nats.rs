//! What the program says of the NATS by which nodes hear each other, and who they are there.

use std::fs;

use cluster::{Binaries, Cluster};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use sqlx::ConnectOptions;
use testkit::TestNats;

use crate::house::House;

fn on(database: &Cluster) -> House {
    let (app, owner) = (database.app().to_url_lossy(), database.owner().to_url_lossy());
    let house = House::new().with("TULOU_DATABASE_URL", app.as_str());
    house.with("TULOU_DATABASE_OWNER_URL", owner.as_str())
}

/// What the doctor says of NATS, and that it keeps nobody from starting.
fn doctor(house: &House) -> String {
    let (succeeded, said) = house.run(&["doctor"]);
    assert!(succeeded, "{said}");
    said.lines().filter(|line| line.contains("nats")).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn the_doctor_says_whether_nats_is_reached_and_as_whom() {
    let database = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let house = on(&database);
    assert!(house.start().stop().0.success());
    let users = "authorization { users = [
        { user: tulou, password: ochre-lantern, permissions: { publish: \"tulou.>\", subscribe: \"tulou.>\" } },
        { user: guest, password: ochre-lantern, permissions: { publish: \"guest\", subscribe: \"guest\" } } ] }";
    let mut nats = TestNats::with(users).await;
    let house = house.with("TULOU_BUS_NATS_URL", nats.url());
    assert!(doctor(&house).contains("warn  nats            does not answer (not_let_in)"), "{}", doctor(&house));
    let house = house.with("TULOU_BUS_NATS_PASSWORD", "ochre-lantern").with("TULOU_BUS_NATS_USER", "guest");
    assert!(doctor(&house).contains("warn  nats            gives nothing back"), "{}", doctor(&house));
    let house = house.with("TULOU_BUS_NATS_USER", "tulou");
    assert!(
        doctor(&house).contains("ok    nats            what is published below tulou. is heard"),
        "{}",
        doctor(&house)
    );
    nats.kill();
    assert!(doctor(&house).contains("warn  nats            does not answer (away)"), "{}", doctor(&house));
    // A start does not wait for it, and the log says once that nobody is heard there, and nothing of anybody.
    let said = house.start().stop_and_tell();
    assert_eq!(said.matches("other nodes cannot be heard").count(), 1, "{said}");
    assert!(said.contains("way=\"nats\" code=\"away\"") && !said.contains("ochre-lantern"), "{said}");
    database.stop().await.unwrap();
}

#[tokio::test]
async fn nats_is_reached_over_tls_by_whom_both_sides_trust() {
    let database = cluster::temporary(Binaries::for_tests()).await.unwrap();
    let house = on(&database);
    assert!(house.start().stop().0.success());
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    fs::write(house.path("authority.pem"), authority.pem()).unwrap();
    for name in ["localhost", "tulou"] {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
        fs::write(house.path(&format!("{name}.pem")), certificate.pem()).unwrap();
        fs::write(house.path(&format!("{name}.key")), key.serialize_pem()).unwrap();
    }
    let folder = house.path("");
    let at = |name: &str| folder.join(name).display().to_string();
    let nats = TestNats::with(&format!(
        "tls {{ cert_file: \"{}\", key_file: \"{}\", ca_file: \"{}\", verify: true }}",
        at("localhost.pem"),
        at("localhost.key"),
        at("authority.pem")
    ))
    .await;
    let (certificate, key) = (at("tulou.pem"), at("tulou.key"));
    let house = house.with("TULOU_BUS_NATS_URL", nats.url().replace("nats://127.0.0.1", "tls://localhost"));
    assert!(doctor(&house).contains("does not answer"), "they are not trusted: {}", doctor(&house));
    let house = house.with("TULOU_BUS_NATS_AUTHORITY", at("authority.pem"));
    assert!(doctor(&house).contains("does not answer"), "they do not know us: {}", doctor(&house));
    let house = house.with("TULOU_BUS_NATS_CERTIFICATE", certificate).with("TULOU_BUS_NATS_KEY", key);
    assert!(doctor(&house).contains("is heard"), "{}", doctor(&house));
    database.stop().await.unwrap();
}
