/** Roles, permissions and refusals in words. */
import { useLingui } from '@lingui/react/macro'
import type { AccessRole, BuiltInRole, Permission, RoleRefusal } from '~/api/types'

export interface Words {
  label: string
  detail: string
}

export function usePermissionWords(): Record<Permission, Words> {
  const { t } = useLingui()
  return {
    'people.see': { label: t`See who is invited or suspended`, detail: t`Also what people sign in with` },
    'people.add': { label: t`Add people`, detail: t`With an initial password, or by asking an account that exists` },
    'people.edit': { label: t`Change people`, detail: t`What is known of them and what they sign in with` },
    'people.place': { label: t`Place people`, detail: t`Which departments they are in and which they lead` },
    'people.suspend': { label: t`Suspend people`, detail: t`And let them in again` },
    'people.remove': { label: t`Remove people`, detail: t`Disable them, have them leave, and hand over what they had` },
    'people.reset_password': { label: t`Give new initial passwords`, detail: t`Whoever can do this can sign in as them` },
    'people.invite': { label: t`Make invitation links`, detail: t`Whoever has the link joins` },
    'people.import': { label: t`Import people`, detail: t`Needs adding, changing, placing and departments as well` },
    'departments.manage': { label: t`Manage departments`, detail: t`Add, rename, move and remove them` },
    'roles.see': { label: t`See the roles`, detail: t`And who has them` },
    'roles.give': { label: t`Give and take roles`, detail: t`Never more than one holds oneself` },
    'roles.edit': { label: t`Write roles`, detail: t`Never with more than one holds oneself` },
    'organisation.edit': { label: t`Change the organisation`, detail: t`Names, contact and settings` },
    'content.retention': { label: t`Say how long messages are kept`, detail: t`Longer only with a second administrator` },
    'content.files': { label: t`Say which files are allowed`, detail: t`And how much room they have` },
    'announcements.write': { label: t`Announce something`, detail: t`To everyone, or to the departments it is given for` },
    'audit.read': { label: t`Read the audit log`, detail: t`Who did what, and what was refused` },
    'server.see': { label: t`See health and jobs`, detail: t`How the server is and what it does` },
    'acts.decide': { label: t`Decide about sensitive acts`, detail: t`As the second administrator` },
    'tokens.manage': { label: t`Make service tokens`, detail: t`For programs, never with more than one holds` },
    'peers.manage': { label: t`Manage peer organisations`, detail: t`And who may speak with them` },
    'organisation.own': { label: t`Own the organisation`, detail: t`Make and unmake owners` },
  }
}

/** Of the built-in ones as the server knows them (crates/access/src/built_in.rs): no other role is called so. */
export function useRoleName() {
  const { t } = useLingui()
  const names: Record<BuiltInRole, string> = {
    owner: t`Owner`,
    administrator: t`Administrator`,
    people_administrator: t`People administrator`,
    content_administrator: t`Content administrator`,
    security_administrator: t`Security administrator`,
    auditor: t`Auditor`,
  }
  return (role: Pick<AccessRole, 'built_in' | 'name'>) => (role.built_in ? names[role.built_in] : (role.name ?? ''))
}

export function useRoleDetail() {
  const { t } = useLingui()
  const details: Record<BuiltInRole, string> = {
    owner: t`Everything. There is always one.`,
    administrator: t`Everything but making owners`,
    people_administrator: t`People, departments, invitations and imports`,
    content_administrator: t`How long messages are kept, which files are allowed, and what is announced`,
    security_administrator: t`Suspending, passwords, audit log, sensitive acts`,
    auditor: t`Sees what administrators see, changes nothing`,
  }
  return (role: Pick<AccessRole, 'built_in'>) => (role.built_in ? details[role.built_in] : undefined)
}

export function useRefusalWords(): Record<RoleRefusal, string> {
  const { t } = useLingui()
  return {
    not_held: t`You cannot give roles.`,
    out_of_scope: t`This person is also outside the departments you look after.`,
    oneself: t`Nobody gives a role to themselves. Ask another administrator.`,
    holds_more: t`This person can do something you cannot do. Only somebody who can may change their roles.`,
    gives_more: t`The role holds more than you hold yourself, or for more than you do.`,
    hands_over: t`Others would get more than you hold yourself.`,
    whole_only: t`Something in this role is about the whole organisation. It cannot be given for a department.`,
  }
}
