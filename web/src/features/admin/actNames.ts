/** Acts of the audit log in words; an act of a newer server keeps its code. */
import { useLingui } from '@lingui/react/macro'

export function useActNames() {
  const { t } = useLingui()
  const names: Record<string, string> = {
    'directory.organisation_created': t`Organisation set up`,
    'directory.organisation_changed': t`Organisation changed`,
    'directory.member_added': t`Person added`,
    'directory.member_changed': t`Person changed`,
    'directory.member_suspended': t`Person suspended`,
    'directory.member_resumed': t`Person resumed`,
    'directory.department_changed': t`Department changed`,
    'directory.department_added': t`Department added`,
    'directory.department_removed': t`Department removed`,
    'identity.session_started': t`Signed in`,
    'identity.session_ended': t`Signed out`,
    'identity.password_changed': t`Password changed`,
    'identity.initial_password_issued': t`Initial password made`,
    'identity.invitation_created': t`Invitation made`,
    'identity.invitation_revoked': t`Invitation withdrawn`,
    'identity.invitation_accepted': t`Joined by invitation`,
    'privacy.statement_accepted': t`Privacy statement accepted`,
    'privacy.keys_destroyed': t`Expired messages destroyed`,
    'chat.conversation_created': t`Conversation started`,
    'chat.conversation_changed': t`Conversation changed`,
    'chat.members_changed': t`People of a conversation changed`,
    'chat.message_edited': t`Message changed`,
    'chat.message_recalled': t`Message recalled`,
  }
  return (name: string) => names[name] ?? name
}
