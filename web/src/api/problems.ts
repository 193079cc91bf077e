/** From the server's codes to words. What has no words of its own is told by its status. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { ApiError } from './error'

const BY_CODE: Record<string, MessageDescriptor> = {
  'network.unreachable': msg`No connection to the server. Nothing was changed.`,
  'network.timeout': msg`The server did not answer in time.`,
  'identity.wrong_credentials': msg`That account and password do not match.`,
  'identity.setup_code_wrong': msg`That is not the set-up code. It is in the server's log.`,
  'identity.already_set_up': msg`This server has already been set up.`,
  'identity.suspended': msg`This account has been suspended by an administrator.`,
  'identity.password_expired': msg`This initial password has expired. Ask an administrator for a new one.`,
  'identity.initial_password_expired': msg`This initial password has expired. Ask an administrator for a new one.`,
  'identity.invitation_unknown': msg`This invitation does not exist.`,
  'identity.invitation_expired': msg`This invitation has expired.`,
  'identity.invitation_used_up': msg`This invitation has been used as often as it may be.`,
  'identity.invitation_revoked': msg`This invitation has been withdrawn.`,
  'identity.login_taken': msg`Somebody here already uses this.`,
  'identity.already_member': msg`You are already a member of this organisation.`,
  'directory.last_owner': msg`An organisation needs an owner. Make somebody else the owner first.`,
  'directory.department_not_empty': msg`This department still has people or departments in it.`,
  'chat.dissolved': msg`This group has been dissolved.`,
  'idempotency.in_flight': msg`This is already being done.`,
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

const BY_REASON: Record<string, MessageDescriptor> = {
  required: msg`This is needed.`,
  missing: msg`This is needed.`,
  empty: msg`This is needed.`,
  too_short: msg`This is too short.`,
  too_long: msg`This is too long.`,
  too_common: msg`This password is on the lists that attackers try first.`,
  too_weak: msg`This password is too easy to guess.`,
  contains_name: msg`The password contains the name or the account.`,
  contains_organisation: msg`The password contains the name of the organisation.`,
  same_as_current: msg`This is the password you have now.`,
  wrong: msg`This is not right.`,
  taken: msg`Somebody here already uses this.`,
  phone: msg`This does not look like a phone number.`,
  email: msg`This does not look like an e-mail address.`,
  slug: msg`Small letters, digits and hyphens only.`,
  must_accept: msg`Please agree to go on.`,
  malformed: msg`This is not in the right form.`,
}

const ELSE = msg`Something went wrong on the server. Nothing was changed.`
const NOT_RIGHT = msg`This is not right.`

/** The words for an error; for a refused field, the words for why. */
export function useProblemText() {
  const { _ } = useLingui()
  return (error: unknown): string => {
    if (!(error instanceof ApiError)) return _(ELSE)
    if (error.field !== null) return _(BY_REASON[error.detail ?? ''] ?? BY_CODE[error.code] ?? NOT_RIGHT)
    return _(BY_CODE[error.code] ?? BY_STATUS[error.status] ?? ELSE)
  }
}
