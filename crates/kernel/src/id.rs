//! Typed identifiers: UUIDv7, made by the program, never by the database.

/// Declares an identifier type: a [`uuid::Uuid`] that cannot be mistaken for another one.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
                 serde::Serialize, serde::Deserialize, sqlx::Type, utoipa::ToSchema)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> std::result::Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// An organisation: the tenant. Every row of every domain belongs to exactly one.
    OrgId
);
id!(
    /// A person inside one organisation.
    MemberId
);
id!(
    /// How a natural person signs in; one per installation.
    AccountId
);
id!(
    /// One sign-in of one account on one device.
    SessionId
);
id!(
    /// One HTTP request; quoted in answers and logs.
    RequestId
);
