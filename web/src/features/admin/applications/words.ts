/** What the applications are called, what they are, and what happens while one is off. One of a newer server keeps its code. */
import { useLingui } from '@lingui/react/macro'
import type { ApplicationKey } from '~/shell/applications'

interface Words {
  name: string
  /** What people do with it. */
  what: string
  /** What happens when it goes off. */
  off: string
}

/** What is kept for them, by kind. */
export function useThingWords(): (kind: string) => string {
  const { t } = useLingui()
  const words: Record<string, string> = {
    announcements: t`Announcements, with who has read them`,
    peer_connections: t`Connections with peer organisations`,
    peer_speakers: t`Entries of who may speak with peers`,
    index_entries: t`Messages in the search index`,
    search_words: t`Remembered searches`,
    contacts: t`Contacts`,
    contact_codes: t`Contact codes`,
    app_passwords: t`Passwords of devices`,
    unsent_files: t`Uploads that were not sent`,
    people_exports: t`Exports of people that were asked for`,
    external_ids: t`External IDs of people and departments`,
    directory_changes: t`Notes of what changed last`,
  }
  return (kind) => words[kind] ?? kind
}

export function useApplicationWords(): (key: string) => Words {
  const { t } = useLingui()
  const words: Record<ApplicationKey, Words> = {
    announcements: {
      name: t`Announcements`,
      what: t`What the organisation tells everyone, or some departments.`,
      off: t`Nobody sees, writes or counts one, and none is told of.`,
    },
    peers: {
      name: t`Peer organisations`,
      what: t`Having to do with other organisations on this server.`,
      off: t`Nobody speaks with them or looks after them. Off for everyone, connections rest on both sides, and nobody can ask.`,
    },
    contacts: {
      name: t`Contacts`,
      what: t`Customers and other people outside, one’s own and shared ones.`,
      off: t`Nobody finds, adds or exports contacts, and they vanish from the address books of devices.`,
    },
    contact_codes: {
      name: t`Contact codes`,
      what: t`Showing and scanning the code of one’s own card, on the page of the contacts.`,
      off: t`No code is shown, and those that were shown lead nowhere.`,
    },
    address_books: {
      name: t`Address books of devices`,
      what: t`Phones and computers read colleagues and contacts over CardDAV.`,
      off: t`No device is let in, and nobody makes a new password. Passwords can still be revoked.`,
    },
    sending_files: {
      name: t`Sending files`,
      what: t`Files, pictures and videos in messages.`,
      off: t`Nobody sends new ones. Those that were sent can be opened and forwarded until they expire.`,
    },
    message_search: {
      name: t`Search in messages`,
      what: t`Finding messages and files by their words.`,
      off: t`People, departments and conversations are still found by name. One’s own remembered words can be forgotten.`,
    },
    people_exports: {
      name: t`Export of people`,
      what: t`Taking people of the directory away as a file, for whoever may see them.`,
      off: t`Nobody asks for a file or downloads one. Contacts and the audit log are exported as before.`,
    },
    provisioning: {
      name: t`Provisioning by programs`,
      what: t`Programs with a service token keep people and departments in line.`,
      off: t`Every token is refused, and no new one is made. Tokens can still be ended.`,
    },
  }
  const others: Record<string, Words> = words
  return (key) => others[key] ?? { name: key, what: '', off: '' }
}
