//! What the bench proves rather than measures.

mod chaos;
