/** A line of somebody of whom nothing but the name is known is that name, and keeps no place for more. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { people } from '../../../mock/company'
import { PersonItem } from './PersonItem'

vi.mock('~/shell/routes', () => ({ useSlug: () => 'acme' }))

test.each([[null, 1], ['Buyer', 2]])('with the position %s it has %i lines', (position, lines) => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const [somebody] = people()
  if (!somebody) throw new Error('nobody in the company')
  const member = { ...somebody, position, department_ids: [] }
  render(
    <I18nProvider i18n={i18n}>
      <PersonItem look="list" isCompact={false} member={member} place={0} departments={[]} department={undefined} isCurrent={false} isChosen={false} isChoosing={false} hasBox={false} onChoose={() => undefined} />
    </I18nProvider>,
  )
  expect(screen.getByText(member.name).parentElement?.parentElement?.children).toHaveLength(lines)
})
