//! The organisations of an installation, their people and departments.
//!
//! Owns the schema `directory`. Every domain above may call the functions named here, inside its own transaction.

mod acts;
mod departments;
pub mod events;
mod fields;
pub mod imports;
mod model;
mod organisation;
mod people;
mod policy;
mod principals;
mod roles;

pub use access::{BuiltIn, By, Clock, Ends, Permission, RoleId, Standing, State, WAYS};
pub use acts::{Assured, NewAct, SensitiveAct, SensitiveActId, approved, ask, assure, settle};
pub use departments::create::{CreateDepartment, add as add_department, create as create_department};
pub use departments::edit::{EditDepartment, edit as edit_department};
pub use departments::list::load_with_archived as departments_with_archived;
pub use departments::pass::{led_by, nearest_to, pass_lead};
pub use departments::tree::{exists as department_exists, ids as department_ids};
pub use editions::{Edition, tag as edition_tag};
pub use fields::fill::{definition_of as field_definition, fill as fill_fields};
pub use fields::list::{Field, all as fields};
pub use fields::{FieldId, Rules as FieldRules};
pub use model::{Department, DepartmentId, Member, Profile, Role};
pub use organisation::edit::keep_chat;
pub use organisation::find::{every_organisation, hide, org_by_slug_or_id, organisation_count, organisations};
pub use organisation::found::{NewOrganisation, found};
pub use organisation::names::Contact;
pub use organisation::settings::{Settings, chat_retention_days, known as known_settings, settings};
pub use organisation::show::{Organisation, organisation};
pub use people::add::{NewMember, add_member, check_collected};
pub use people::change_state::{overdue, run_out, set_state, turn};
pub use people::edit::{EditMember, edit as edit_member};
pub use people::filter::Sought as SoughtPeople;
pub use people::forget_invited::forget_invited;
pub use people::handles::{HandleKind, account_of_handle, forget_handles, set_handle};
pub use people::list::all as found_people;
pub use people::look_up::{
    active_members, administrators, everybody, holders, holders_near, member_by_user_id, member_state,
    member_state_since, members_of_departments, only_active_members, person, restricted, seen_members, standing,
};
pub use people::meant::{Among, meant, values as field_values};
pub use people::memberships::{Membership, account_of_member, is_elsewhere, memberships_of, people_count};
pub use people::names::names;
pub use people::person::{Person, lock as hold_member};
pub use people::profile::check as check_profile;
pub use people::restrict::set_restricted;
pub use people::show::{member, members};
pub use pictures::{MAX_BYTES as AVATAR_BYTES, without_metadata as picture_without_metadata};
pub use policy::{
    EditableMember, Importer, ManageableDepartment, Myself, OrganisationEditor, OverseenMember, Permitted,
    ResettableMember, RestrictableMember, TurnableMember,
};
pub use principals::{
    PeopleGroupId, Principal, forget_people_group, keep_people_group, members_of_principal, people_group_counts,
    principals,
};
pub use roles::pass::{HeldRole, pass_role, roles_of};
pub use roles::written::RoleGrantId;
pub use texts::contact::phone as phone_number;
pub use texts::{Query as NameQuery, Reading as NameReading, is_unseen};

use kernel::Module;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The directory: routes, schema, data map, and the keeper of its memory.
pub fn module() -> Module {
    let routes = OpenApiRouter::new()
        .routes(routes!(organisation::show::show_organisation, organisation::edit::edit_organisation))
        .routes(routes!(people::list::list_members))
        .routes(routes!(people::count::count_members))
        .routes(routes!(people::show::show_member, people::edit::edit_member))
        .routes(routes!(people::avatar::show_avatar, people::avatar::set_avatar, people::avatar::remove_avatar))
        .routes(routes!(people::me::show_me, people::me::edit_me))
        .routes(routes!(people::avatar::set_my_avatar, people::avatar::remove_my_avatar))
        .routes(routes!(departments::list::list_departments, departments::create::create_department))
        .routes(routes!(departments::edit::edit_department, departments::delete::delete_department))
        .routes(routes!(departments::children::list_child_departments))
        .routes(routes!(departments::merge::merge_department))
        .routes(routes!(fields::list::list_fields, fields::create::create_field))
        .routes(routes!(fields::list::show_field, fields::edit::edit_field, fields::delete::delete_field))
        .routes(routes!(fields::order::order_fields))
        .routes(routes!(fields::stored::count_field_values))
        .routes(routes!(fields::reveal::reveal_field))
        .routes(routes!(fields::reveals::list_my_reveals))
        .routes(routes!(roles::list::list_roles, roles::create::create_role))
        .routes(routes!(roles::edit::edit_role, roles::delete::delete_role))
        .routes(routes!(roles::grants::list_role_grants, roles::give::give_role))
        .routes(routes!(roles::preview::preview_role))
        .routes(routes!(roles::take::take_role))
        .routes(routes!(acts::list::list_sensitive_acts))
        .routes(routes!(acts::approve::approve_sensitive_act))
        .routes(routes!(acts::refuse::refuse_sensitive_act))
        .routes(routes!(acts::cancel::cancel_sensitive_act));
    let subscribers = principals::subscribers().into_iter().chain(acts::owners::subscribers());
    Module {
        jobs: vec![settle::job(), acts::assurance::forget_job(), fields::reveals::forget_job()],
        subscribers: subscribers.collect(),
        start: Some(people::index::forget_when_idle),
        ..Module::new("directory", routes, sqlx::migrate!(), include_str!("../data_map.toml"))
    }
}
