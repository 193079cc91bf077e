/** From the server's codes to words. What has no words of its own is told by its status. */
import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { ApiError } from './error'
import { BY_REASON } from './reasons'

const TAKEN = msg`Somebody here already uses this.`

const ELSEWHERE = msg`This page was opened under another address than the server's. Open the server's own address.`

const BY_CODE: Record<string, MessageDescriptor> = {
  'network.unreachable': msg`No connection to the server. Nothing was changed.`,
  'network.timeout': msg`The server did not answer in time.`,
  stopping: msg`The server is restarting. Try again in a moment.`,
  'edge.foreign_origin': ELSEWHERE,
  'edge.unknown_host': ELSEWHERE,
  'announcements.too_many': msg`As many announcements are shown as there can be. Withdraw one first.`,
  'announcements.is_withdrawn': msg`This was withdrawn and stays as it was. Write a new one.`,
  'announcements.needs_no_confirmation': msg`This does not have to be confirmed.`,
  'applications.still_erasing': msg`What was kept for this is still being erased. Try again when that is done.`,
  'applications.off': msg`Your organisation has switched this off. Ask an administrator if you need it.`,
  'hosting.organisation_suspended': msg`Your organisation is suspended. Ask whoever runs this server.`,
  'hosting.organisation_dissolving': msg`Your organisation is being dissolved. Only its owners can bring it back.`,
  'hosting.dissolving_already': msg`This organisation is being dissolved already.`,
  'hosting.not_dissolving': msg`This organisation is not being dissolved, or its time is over.`,
  'hosting.people_limit': msg`There are as many people here as whoever runs this server lets your organisation have. Ask them for more.`,
  'hosting.storage_limit': msg`There is no more room than whoever runs this server lets your organisation have. Ask them for more.`,
  'hosting.suspended_already': msg`This organisation is suspended already.`,
  'hosting.not_suspended': msg`This organisation is open already.`,
  'verification.asked_already': msg`This waits for a decision. Withdraw it first to change something.`,
  'verification.verified_already': msg`Your organisation is verified under this name and number.`,
  'verification.no_document': msg`Add a document first.`,
  'verification.too_many_documents': msg`There can be five documents. Remove one first.`,
  'verification.not_asked': msg`This was decided or withdrawn in the meantime.`,
  'peers.not_verified': msg`Your organisation has to be verified first, and open.`,
  'peers.cannot_be_asked': msg`No verified organisation that can be asked signs in under this short name.`,
  'peers.asked_already': msg`There is a request between the two already. Look at the list.`,
  'peers.connected_already': msg`You are connected already.`,
  'peers.declined_lately': msg`They declined less than 30 days ago.`,
  'peers.too_many': msg`There are as many peer organisations as there can be. End a connection first.`,
  'peers.not_asked': msg`They do not ask any more.`,
  'peers.at_rest': msg`The other organisation is not verified any more, or is suspended. Accept when that is over.`,
  'requests.too_many': msg`As many requests wait there as can be looked at. Try again in some days.`,
  'requests.wrong_state': msg`Somebody was quicker: this is not possible any more. Look at it as it is now.`,
  'requests.delay_unexplained': msg`It is late. Explain the delay first; whoever asked has a right to the reason.`,
  'restrictions.is_restricted': msg`This data is frozen already.`,
  'directory.is_restricted': msg`Their data is frozen: it is kept, and nobody reads or changes it until that is lifted.`,
  'operators.change_password': msg`Choose your own password first.`,
  'database.disk_full': msg`The disk of the server is full. What is there can be read; nothing new can be stored until there is room.`,
  'key_ring.unavailable': msg`The keys cannot be reached right now. Try again in a moment.`,
  'identity.wrong_credentials': msg`That account and password do not match.`,
  'identity.setup_code_wrong': msg`That is not the code this server printed.`,
  'identity.suspended': msg`This account has been suspended by an administrator.`,
  'identity.disabled': msg`An administrator has disabled this account for a while. Ask them if you think this is a mistake.`,
  'identity.leaving': msg`You have left this organisation. Until everything of yours is erased an administrator can let you in again.`,
  'identity.busy': msg`Many people are signing in right now. Try again in a moment.`,
  'identity.password_changed_meanwhile': msg`The password was changed somewhere else in the meantime.`,
  'identity.invitation_expired': msg`This invitation has expired.`,
  'identity.invitation_used_up': msg`This invitation has been used as often as it may be.`,
  'identity.invitation_revoked': msg`This invitation has been withdrawn.`,
  'directory.already_member': msg`You are already a member of this organisation.`,
  'directory.account_elsewhere': msg`This account also belongs to another organisation. Only its owner can change this.`,
  'directory.department_not_empty': msg`This department still has people or departments in it.`,
  'directory.department_archived': msg`The department above is archived. Bring that back first.`,
  'announcements.changed_meanwhile': msg`This announcement was changed in the meantime. Read it as it is now.`,
  'directory.changed_meanwhile': msg`Somebody else changed this in the meantime. What they changed is shown now; look at it, then save again.`,
  'editions.if_match_required': msg`It was not said which version of this is to be changed, so nothing was. Load the page again and try once more.`,
  'directory.field_not_collected': msg`This is not collected here any more.`,
  'directory.say_what_happens_to_values': msg`Something stands in this field. Say whether it is kept or erased.`,
  'directory.needed_to_sign_in': msg`Some people have nothing else to sign in with. Give them something first.`,
  'directory.choice_in_use': msg`Somebody has one of the choices you took away.`,
  'directory.too_many_fields': msg`There are as many fields as there can be. Remove one first.`,
  'directory.field_is_built_in': msg`A built-in field can be switched off, not removed.`,
  'directory.owner_needs_second': msg`Owners are made and unmade under Roles, with a second administrator.`,
  'directory.own_place_forbidden': msg`You would see more of colleagues by this. Which departments you are in and lead, and who comes into them, is for somebody else to say: ask a colleague who manages departments.`,
  'directory.sight_exceeded': msg`Whoever can make this person's password could sign in as them, and would see more of colleagues there than they do. Somebody who decides who sees which field can do it.`,
  'retention.preview_changed': msg`What this would do is not what was shown any more. It was counted anew: look at it, then decide again.`,
  'retention.shortening_waits': msg`A shorter time for messages waits to take effect. Take that back first.`,
  'retention.nothing_waits': msg`There is nothing to take back any more: it is in force, or somebody else took it back.`,
  'directory.has_role': msg`This person has that role already.`,
  'directory.role_name_taken': msg`Another role is called that already.`,
  'directory.role_in_use': msg`Somebody has this role. Take it away first.`,
  'directory.role_held_in_departments': msg`Somebody has this role for a department. Only what can be given for departments fits in it.`,
  'directory.too_many_roles': msg`There are as many roles as there can be. Remove one first.`,
  'directory.department_has_roles': msg`Somebody has a role for this department. Take it away first.`,
  'directory.act_is_open': msg`This was asked for already and waits under Decisions.`,
  'directory.act_not_open': msg`This was decided in the meantime.`,
  'directory.last_owner': msg`An organisation needs an owner. Make somebody else the owner first.`,
  'directory.not_active': msg`This person is not active.`,
  'directory.not_suspended': msg`This person can sign in already.`,
  'directory.is_let_in': msg`This person can sign in and hands over what is theirs.`,
  'directory.no_such_state_change': msg`This person is not in a state where that is possible.`,
  'directory.user_id_taken': TAKEN,
  'directory.phone_taken': TAKEN,
  'directory.email_taken': TAKEN,
  'directory.staff_number_taken': TAKEN,
  'directory.slug_taken': TAKEN,
  'people_exports.nobody': msg`Nobody is shown who could be exported.`,
  'people_exports.nobody_decides': msg`More than 500 people within a day need a second administrator, and nobody comes in while the organisation is being dissolved. Bring it back for that.`,
  'people_exports.waits': msg`A second administrator has not approved this yet.`,
  'people_exports.more_people_now': msg`There are more people now than when this was asked for. Export them again.`,
  'personal_exports.is_being_written': msg`A copy is being written already.`,
  'people_groups.too_many': msg`There are as many directory groups as there can be. Delete one first.`,
  'people_groups.name_taken': msg`Another directory group is called that already.`,
  'identity.import_has_wrong_rows': msg`Some rows have something wrong. Look again.`,
  'identity.import_many_leave': msg`More than a tenth of the people would leave. That needs your word.`,
  'identity.import_not_written': msg`Only an import that is written can be undone.`,
  'identity.import_not_open': msg`This import is being written or is done.`,
  'identity.import_result_taken': msg`This file was downloaded already.`,
  'consents.text_changed': msg`What you are asked to agree to has changed meanwhile. Read it again.`,
  'privacy.consent_required': msg`This needs your agreement first.`,
  'contacts.too_many': msg`That would be more than 5,000 contacts of your own.`,
  'contacts.too_many_shared': msg`Your organisation shares 20,000 contacts already. Others have to be taken back first.`,
  'contacts.too_many_passwords': msg`You have as many passwords as there can be. Revoke one first.`,
  'files.store_unavailable': msg`The place where files are kept does not answer right now. Try again in a moment.`,
  'files.store_refused': msg`The server may not use the place where files are kept. Your IT can mend that.`,
  'identity.change_password': msg`Choose your own password first.`,
  'identity.affirm_age': msg`Confirm your age first.`,
  'privacy.accept_statement': msg`Accept the privacy statement first.`,
  'chat.conversation_dissolved': msg`This group was dissolved.`,
  'chat.owner_must_transfer': msg`Hand the group over before you leave it.`,
  'chat.too_many_members': msg`More people do not fit into this group.`,
  'chat.edit_window_over': msg`It is too late to change this message.`,
  'chat.recall_window_over': msg`It is too late to recall this message.`,
  'chat.message_gone': msg`This message is not there any more.`,
  'chat.slow_down': msg`That was too many messages at once. Wait a moment, then try again.`,
  'files.no_space': msg`There is no room left for files.`,
  'files.quota_reached': msg`There is no room left for files.`,
  'files.type_refused': msg`Your organisation does not allow files of this kind.`,
  'files.too_many_uploads': msg`Too many files are on their way. Wait until some have arrived.`,
  'kernel.request_in_progress': msg`This is already being done.`,
}

const BY_STATUS: Record<number, MessageDescriptor> = {
  401: msg`You are signed out. Sign in again.`,
  403: msg`You may not do this.`,
  404: msg`This does not exist, or not any more.`,
  409: msg`Somebody changed this in the meantime. Look again, then repeat it.`,
  410: msg`This has expired.`,
  413: msg`This is too large.`,
  422: msg`Something here is not right.`,
  429: msg`That was too often. Wait a moment, then try again.`,
  503: msg`The server cannot do this right now. Try again in a moment.`,
}

const NO_CONTENT = msg`The file is empty.`
const ADULT = msg`Please confirm that you are an adult.`
const ELSE = msg`Something went wrong on the server. Nothing was changed.`
const NOT_RIGHT = msg`This is not right.`

/** How long one has to wait, counted as people count: never less than it is. */
function tooOften(seconds: number): MessageDescriptor {
  if (seconds <= 90) return msg`That was too often. Try again in ${plural(seconds, { one: '# second', other: '# seconds' })}.`
  const minutes = Math.ceil(seconds / 60)
  if (minutes <= 90) return msg`That was too often. Try again in ${plural(minutes, { one: '# minute', other: '# minutes' })}.`
  const hours = Math.ceil(minutes / 60)
  return msg`That was too often. Try again in ${plural(hours, { one: '# hour', other: '# hours' })}.`
}

/** The words for an error; for a refused field, the words for why. */
export function useProblemText() {
  const { _ } = useLingui()
  return (error: unknown): string => {
    if (!(error instanceof ApiError)) return _(ELSE)
    if (error.field === 'is_adult' && error.why === 'must_be_true') return _(ADULT)
    // It was given: not that it is needed has to be told, but that nothing stands in it.
    if (error.field === 'file' && error.why === 'is_empty') return _(NO_CONTENT)
    // With a number, not one of the texts that ask to wait a moment.
    if (error.status === 429 && error.retryAfterS !== null) return _(tooOften(error.retryAfterS))
    if (error.field !== null) return _(BY_REASON[error.why ?? ''] ?? BY_CODE[error.code] ?? NOT_RIGHT)
    return _(BY_CODE[error.code] ?? BY_STATUS[error.status] ?? ELSE)
  }
}
