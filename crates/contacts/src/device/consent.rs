//! Consent to reading the address book of the device, and take it back.

use axum::http::StatusCode;
use kernel::{Consent, Cx, Error, Json, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DeviceBook, TEXT_VERSION};
use crate::events::DeviceConsentChanged;
use crate::policy::Keeper;

/// Whether one consents.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceConsent {
    /// Now.
    pub is_given: bool,
    /// The version of the words to be shown.
    pub text_version: &'static str,
}

/// What one agrees to.
#[derive(Deserialize, ToSchema)]
pub struct GiveDeviceConsent {
    /// The version of the words one was shown.
    pub text_version: String,
}

/// Show whether the device's address book may be read
#[utoipa::path(
    get, path = "/v1/contacts/device/consent", tag = "contacts", operation_id = "showDeviceConsent",
    responses((status = 200, body = DeviceConsent)),
    extensions(("x-access" = json!("member of the organisation, of themselves")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn show_device_consent(cx: Cx) -> Result<Json<DeviceConsent>> {
    let mut tx = cx.begin().await?;
    Keeper::load(&mut tx).await?;
    let is_given = match Consent::<DeviceBook>::load(&mut tx).await {
        Ok(_) => true,
        Err(Error::Blocked(_)) => false,
        Err(error) => return Err(error),
    };
    Ok(Json(DeviceConsent { is_given, text_version: TEXT_VERSION }))
}

/// Consent to reading the device's address book
#[utoipa::path(
    put, path = "/v1/contacts/device/consent", tag = "contacts", operation_id = "giveDeviceConsent",
    request_body = GiveDeviceConsent,
    responses((status = 200, body = DeviceConsent)),
    extensions(("x-application" = json!("contacts")), ("x-access" = json!("member of the organisation, for themselves")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn give_device_consent(cx: Cx, Json(input): Json<GiveDeviceConsent>) -> Result<Json<DeviceConsent>> {
    if input.text_version != TEXT_VERSION {
        return Err(Error::Invalid { field: "text_version", why: "unknown" });
    }
    let mut tx = cx.begin().await?;
    let member = Keeper::load(&mut tx).await?.id();
    Consent::<DeviceBook>::give(&mut tx, TEXT_VERSION).await?;
    tx.emit(&DeviceConsentChanged { member, is_given: true })?;
    tx.commit().await?;
    Ok(Json(DeviceConsent { is_given: true, text_version: TEXT_VERSION }))
}

/// Take the consent back
///
/// What was brought in before stays.
#[utoipa::path(
    delete, path = "/v1/contacts/device/consent", tag = "contacts", operation_id = "withdrawDeviceConsent",
    responses((status = 204, description = "There is none any more")),
    extensions(
        ("x-access" = json!("member of the organisation, for themselves")),
        ("x-errors" = json!(["forbidden", "privacy.consent_required"])),
    ),
)]
pub async fn withdraw_device_consent(cx: Cx) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let member = Keeper::load(&mut tx).await?.id();
    Consent::<DeviceBook>::load(&mut tx).await?.withdraw(&mut tx).await?;
    tx.emit(&DeviceConsentChanged { member, is_given: false })?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
