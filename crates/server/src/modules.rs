//! The one list of what this server is made of. A new domain is one line here.

use kernel::Module;

pub fn all() -> Vec<Module> {
    vec![
        chat::module(),
        contacts::module(),
        directory::module(),
        erasure::module(),
        files::module(),
        handover::module(vec![
            chat::groups_to_hand_over(),
            handover::leadership(),
            handover::roles(),
            contacts::shared_contacts(),
        ]),
        identity::module(),
        inbox::module(),
        kernel::module(),
        people_exports::module(),
        people_groups::module(),
        privacy::module(),
        provisioning::module(),
        search::module(),
        tokens::module(),
        workdays::module(),
        crate::api::module(),
    ]
}
