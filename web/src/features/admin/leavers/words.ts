/** Things of a leaver in words. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { HandOverThing } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { departmentPath, departments } from '~/shell/members'
import { roles } from '../queries'
import { useRoleName } from '../roles/words'
import { useMay } from '~/shell/session'

/** What kind of thing it is. One of a newer server keeps its code. */
export function useThingKinds(): Record<string, string> {
  const { t } = useLingui()
  return {
    'chat.group': t`Group`,
    'contacts.shared': t`Shared contacts`,
    'directory.leadership': t`Leads a department`,
    'directory.role': t`Role`,
  }
}

/** The name of a thing and what more there is to say. */
export function useThingText() {
  const { t } = useLingui()
  const kinds = useThingKinds()
  const may = useMay()
  const all = useQuery(departments()).data?.items ?? []
  const written = useQuery({ ...roles(), enabled: may('roles.see', 'roles.give', 'roles.edit') }).data?.items ?? []
  const roleName = useRoleName()
  const place = (id: string) => isolated(departmentPath(all, id).join(' / ') || t`A department`)
  return (thing: HandOverThing): { title: string; detail: string } => {
    const kind = kinds[thing.kind] ?? thing.kind
    const department = typeof thing.department_id === 'string' ? place(thing.department_id) : null
    const count = thing.count ?? 0
    if (thing.kind === 'chat.group') return { title: isolated(thing.name ?? t`Group without a name`), detail: `${kind} · ${plural(count, { one: '# person', other: '# people' })}` }
    if (thing.kind === 'contacts.shared') {
      const title = department === null ? t`Contacts shared with everybody` : t`Contacts shared with ${department}`
      return { title, detail: plural(count, { one: '# contact', other: '# contacts' }) }
    }
    if (thing.kind === 'directory.leadership') return { title: department ?? kind, detail: kind }
    const role = written.find((one) => one.id === thing.role_id)
    const name = role === undefined ? kind : isolated(roleName(role))
    return { title: department === null ? name : t`${name} for ${department}`, detail: department === null ? t`Role for the whole organisation` : kind }
  }
}
