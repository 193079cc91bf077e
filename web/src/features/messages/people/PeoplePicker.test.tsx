import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { serve } from '../../../../mock/render'
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
