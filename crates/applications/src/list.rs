//! See what there is, what is open to oneself, and for whoever decides, to whom else.

use axum::Extension;
use directory::{DepartmentId, OrganisationEditor};
use kernel::{Cx, Json, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::application::{Application, Known};
use crate::gate::departments;
use crate::setting::{KeptState, OpenTo, Setting};
use crate::stored;

/// The applications of the organisation.
#[derive(Serialize, ToSchema)]
pub struct Applications {
    /// Always in the same order.
    pub items: Vec<ApplicationState>,
    /// What the caller may do.
    pub can: ApplicationsCan,
}

/// What the caller may do.
#[derive(Serialize, ToSchema)]
pub struct ApplicationsCan {
    /// Switch them.
    pub edit: bool,
}

/// An application and to whom it is open.
#[derive(Serialize, ToSchema)]
pub struct ApplicationState {
    /// Stable; clients have its text under it.
    pub key: &'static str,
    /// To the caller.
    pub is_open: bool,
    /// Whether it can be open to some departments only.
    pub by_departments: bool,
    /// For whoever may switch it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
}

/// To whom an application is open, for whoever decides it.
#[derive(Serialize, ToSchema)]
pub struct Decided {
    /// To whom.
    pub open_to: OpenTo,
    /// With what lies below them; none unless `only` or `except`.
    pub department_ids: Vec<DepartmentId>,
    /// Where what is kept for it stands.
    pub kept: KeptState,
    /// How many things were erased since it is off.
    pub erased: i64,
    /// Changes with every change: what `If-Match` of a change names.
    pub revision: i64,
}

impl ApplicationState {
    /// As the caller in these departments sees it.
    pub fn of(application: Application, setting: Option<&Setting>, departments: &[DepartmentId]) -> Self {
        let Application { key, by_departments, .. } = application;
        let is_open = setting.is_none_or(|setting| setting.is_open_in(departments));
        Self { key, is_open, by_departments, decided: None }
    }

    /// With what was decided.
    pub fn with(mut self, setting: Option<&Setting>) -> Self {
        let Setting { open_to, department_ids, kept, erased, revision } = setting.cloned().unwrap_or(Setting::usual());
        self.decided = Some(Decided { open_to, department_ids, kept, erased, revision });
        self
    }
}

/// List the applications
#[utoipa::path(
    get, path = "/v1/applications", tag = "applications", operation_id = "listApplications",
    responses((status = 200, body = Applications)),
    extensions(("x-access" = json!("member of the organisation; to whom each is open, holder of organisation.edit"))),
)]
pub async fn list_applications(cx: Cx, Extension(known): Extension<Known>) -> Result<Json<Applications>> {
    let mut tx = cx.begin().await?;
    let listed = list(&mut tx, &known).await?;
    tx.commit().await?;
    Ok(Json(listed))
}

async fn list(tx: &mut Tx, known: &Known) -> Result<Applications> {
    let edit = OrganisationEditor::load(tx).await.is_ok_and(|editor| editor.can().edit);
    let (settings, departments) = (stored::load(tx).await?, departments(tx).await?);
    let states = known.all().iter().map(|one| {
        let setting = settings.get(one.key);
        let state = ApplicationState::of(*one, setting, &departments);
        if edit { state.with(setting) } else { state }
    });
    Ok(Applications { items: states.collect(), can: ApplicationsCan { edit } })
}
