//! Holds a private cluster until it is killed: the test of `kill -9` needs an owner that it may kill.

use cluster::{Binaries, Settings};

#[tokio::main]
async fn main() {
    let data_dir = std::env::args_os().nth(1).expect("the data directory is the first argument");
    let settings = Settings { binaries: Binaries::for_tests(), ..Settings::new(data_dir) };
    let started = cluster::start(settings).await;
    match &started {
        Ok(cluster) => println!("{}", cluster.pid()),
        Err(error) => println!("{error} {}", error.advice()),
    }
    // Ends by itself when the test is gone.
    let _ = std::io::stdin().read_line(&mut String::new());
    if let Ok(cluster) = started {
        let _ = cluster.stop().await;
    }
}
