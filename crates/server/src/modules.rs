//! The one list of what this server is made of. A new domain is one line here.

use applications::Application;
use kernel::Module;

pub fn all() -> Vec<Module> {
    vec![
        announcements::module(),
        applications::module(switchable()),
        branding::module(),
        chat::module(),
        consents::module(),
        contacts::module(),
        directory::module(),
        dissolution::module(),
        erasure::module(),
        files::module(),
        handover::module(vec![
            chat::groups_to_hand_over(),
            handover::leadership(),
            handover::roles(),
            contacts::shared_contacts(),
        ]),
        hosting::module(),
        identity::module(),
        inbox::module(),
        kernel::module(),
        key_ring::module(),
        operators::module(),
        peers::module(),
        people_exports::module(),
        people_groups::module(),
        personal_exports::module(),
        privacy::module(),
        provisioning::module(),
        reality::module(),
        receipts::module(),
        requests::module(),
        restrictions::module(),
        retention::module(),
        search::module(),
        tokens::module(),
        verification::module(),
        workdays::module(),
        crate::api::module(),
    ]
}

/// What the privacy documents have to say of all of it.
pub fn facts() -> anyhow::Result<String> {
    Ok(privacy::facts(&kernel::data_map(&all())?)?)
}

/// What hears itself on other nodes.
pub fn ears() -> Vec<bus::Ear> {
    vec![chat::ear()]
}

/// What an organisation can switch off; everything else is always there.
pub fn switchable() -> Vec<Application> {
    let all = [
        announcements::APPLICATIONS,
        peers::APPLICATIONS,
        contacts::APPLICATIONS,
        files::APPLICATIONS,
        search::APPLICATIONS,
        people_exports::APPLICATIONS,
        provisioning::APPLICATIONS,
    ];
    all.concat()
}
