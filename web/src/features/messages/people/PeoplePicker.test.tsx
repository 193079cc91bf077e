import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { departments, people } from '../../../../mock/company'
import { serve } from '../../../../mock/render'
import type { Department, Member } from '~/api/types'
import { asAnn } from '../testing'
import { type Chosen, idsOf, isNobody, nobody, PeoplePicker } from './PeoplePicker'

test('people are chosen by directory group too, and let go of again (IM-02, DIR-01)', async () => {
  serve()
  const user = userEvent.setup({ delay: null })
  let last: Chosen = nobody
  function Picking() {
    const [chosen, setChosen] = useState<Chosen>(nobody)
    last = chosen
    return <PeoplePicker chosen={chosen} onChange={setChosen} hasDepartments />
  }
  await asAnn(() => <Picking />)
  await user.click(await screen.findByRole('checkbox', { name: /Board/ }))
  expect(idsOf(last)).toEqual({ member_ids: [], department_ids: [], people_group_ids: ['g-board'] })
  expect(isNobody(last)).toBe(false)
  await user.click(screen.getByRole('button', { name: 'Remove Board' }))
  expect(isNobody(last)).toBe(true)
})

test('chosen people who are called the same are told apart by their department, or by their number in the same one', async () => {
  const [one, other, third] = people()
  if (!one || !other || !third) throw new Error('no people')
  const [from, elsewhere] = departments()
  if (!from || !elsewhere) throw new Error('no departments')
  serve()
  const at = (member: Member, name: string, department: Department, staff_number: string): Member => ({ ...member, name, department_ids: [department.id], staff_number })
  const named = (...members: Member[]) => asAnn(() => <PeoplePicker chosen={{ ...nobody, members }} onChange={() => undefined} hasDepartments={false} />)
  const alone = await named(at(one, '王伟', from, '1001'), at(third, '韩一', from, '1003'))
  expect(screen.getByRole('button', { name: 'Remove 王伟' })).toBeTruthy()
  alone.unmount()
  const apart = await named(at(one, '王伟', from, '1001'), at(other, '王伟', elsewhere, '1002'))
  expect(await screen.findByRole('button', { name: `Remove 王伟 · ${from.name}` })).toBeTruthy()
  expect(screen.getByRole('button', { name: `Remove 王伟 · ${elsewhere.name}` })).toBeTruthy()
  apart.unmount()
  await named(at(one, '王伟', from, '1001'), at(other, '王伟', from, '1002'))
  expect(await screen.findByRole('button', { name: 'Remove 王伟 · 1001' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Remove 王伟 · 1002' })).toBeTruthy()
})

test('what the short list leaves out is said, and found by typing', async () => {
  const user = userEvent.setup({ delay: null })
  const [one] = departments()
  if (!one) throw new Error('no departments')
  const many = Array.from({ length: 7 }, (_, n) => ({ ...one, id: `d${n}`, name: `Hall ${n}`, member_count: 3 }))
  serve({}, (state) => Object.assign(state, { departments: many }))
  await asAnn(() => <PeoplePicker chosen={nobody} onChange={() => undefined} hasDepartments />)
  expect(await screen.findByText('2 more departments: type to find them')).toBeTruthy()
  expect(screen.queryByRole('checkbox', { name: /Hall 6/ })).toBeNull()
  await user.type(screen.getByRole('searchbox', { name: 'Find people' }), 'Hall 6')
  expect(await screen.findByRole('checkbox', { name: /Hall 6/ })).toBeTruthy()
  expect(screen.queryByText(/type to find/)).toBeNull()
})
