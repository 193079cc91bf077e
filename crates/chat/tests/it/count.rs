//! How much would go: counted exactly, or from some of the pages and then marked as such (C3).

use std::time::Duration;

use chat::{Effort, Span, count_files, count_messages};
use chrono::TimeDelta;
use kernel::Actor;

use crate::talk::Office;

#[tokio::test]
async fn what_was_sent_within_the_span_is_counted_and_nothing_else() {
    let office = Office::open().await;
    let (direct, rival) = (office.direct(&office.ann, &office.bob).await, office.mal().await);
    let theirs = office.t.member(rival.org, "Nora").await;
    let theirs = office.direct(&rival, &theirs).await;
    office.say(&office.ann, &direct, "too old").await;
    let after = office.t.app.now();
    office.t.clock.advance(TimeDelta::hours(1));
    for _ in 0..3 {
        office.say(&office.ann, &direct, "within").await;
    }
    office.say(&rival, &theirs, "of others").await;
    let until = office.t.app.now();
    office.t.clock.advance(TimeDelta::seconds(1));
    office.say(&office.bob, &direct, "too new").await;

    let (app, org, span) = (&office.t.app, office.ann.org, Span { after, until });
    let exactly = count_messages(app, org, span, Effort::default()).await.unwrap();
    assert_eq!(exactly.by_kind, [("direct".to_owned(), 3, Some(1))]);
    assert_eq!((exactly.is_estimate, exactly.people, exactly.oldest_at), (false, Some(2), Some(until)));
    // Every page is read: the numbers are the same, and it is said that they need not be.
    let all_pages = Effort { exactly_within: Duration::ZERO, else_percent: 100.0, ..Effort::default() };
    let about = count_messages(app, org, span, all_pages).await.unwrap();
    assert_eq!((about.is_estimate, about.messages(), &about.months), (true, 3, &exactly.months));
    assert_eq!((about.conversations(), about.people), (None, None));

    for name in ["a.txt", "b.txt"] {
        let file = office.upload(&office.ann, name, b"figures").await;
        office.say_with(&office.ann, &direct, "", &file).await;
    }
    let later = Span { after: until, until: app.now() };
    let mut tx = app.begin(org, Actor::System).await.unwrap();
    // No more of them are counted than asked for, and then it is said that there are more.
    for (most_files, files, bytes) in [(3, 2, Some(14)), (2, 2, Some(14)), (1, 1, None), (0, 0, None)] {
        let effort = Effort { most_files, ..Effort::default() };
        assert_eq!(count_files(&mut tx, later, effort).await.unwrap(), files::FileCount { files, bytes });
    }
    assert_eq!(
        count_files(&mut tx, span, Effort::default()).await.unwrap(),
        files::FileCount { files: 0, bytes: Some(0) }
    );
}
