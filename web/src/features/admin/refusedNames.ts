/** What people may be refused in their own work, with contacts and conversations, in words. */
import { useLingui } from '@lingui/react/macro'

export function useRefusedToPeople(): Record<string, string> {
  const { t } = useLingui()
  return {
    createContact: t`Add a contact`,
    importContacts: t`Import contacts`,
    exportContacts: t`Export contacts`,
    listMyConsents: t`See what one agreed to`,
    giveConsent: t`Give a consent`,
    withdrawConsent: t`Take a consent back`,
    importDeviceContacts: t`Import a device's contacts`,
    showContactCode: t`See the own contact code`,
    renewContactCode: t`Make the own contact code anew`,
    openContactCode: t`Open a contact code`,
    listAppPasswords: t`See the own passwords for address books`,
    createAppPassword: t`Make a password for an address book`,
    revokeAppPassword: t`Revoke a password for an address book`,
    editContact: t`Change a shared contact`,
    deleteContact: t`Delete a shared contact`,
    createConversation: t`Start a conversation`,
    changeConversation: t`Change a conversation`,
    dissolveConversation: t`Dissolve a group`,
    transferConversation: t`Hand over a group`,
    leaveConversation: t`Leave a group`,
    addConversationMembers: t`Add people to a group`,
    removeConversationMember: t`Remove somebody from a group`,
    setConversationRole: t`Change a role in a group`,
    sendMessage: t`Send a message`,
    editMessage: t`Change a message`,
    recallMessage: t`Recall a message`,
    forwardMessage: t`Forward a message`,
  }
}
