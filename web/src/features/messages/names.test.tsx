/** Names that are not known yet keep their place; who is nowhere to be found is somebody. */
import { act, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { people as everybody } from '../../../mock/company'
import type { Member } from '~/api/types'
import { MessagesContext, useMessages } from './context'
import { People } from './engine/people'
import { Name } from './names'
import { asAnn } from './testing'

function With({ people, id }: { people: People; id: string }) {
  const shared = useMessages()
  return (
    <MessagesContext value={{ ...shared, people }}>
      <p data-testid="name"><Name id={id} /></p>
    </MessagesContext>
  )
}

const somebody = everybody()[0]

/** Ann reads a name while the directory takes its time. */
async function reading(answer: () => Member[]) {
  let asked = false
  let open: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (open = resolve))
  const people = new People(async () => {
    asked = true
    await gate
    return answer()
  })
  await asAnn(() => <With people={people} id={somebody?.id ?? ''} />)
  await waitFor(() => expect(asked).toBe(true))
  return { open: () => act(async () => open()), shown: () => screen.getByTestId('name').textContent }
}

test('a name on its way is not called somebody', async () => {
  const { open, shown } = await reading(() => (somebody ? [somebody] : []))
  expect(shown()).toBe('')
  await open()
  await waitFor(() => expect(shown()).toBe(somebody?.name))
})

test('who is nowhere to be found is somebody', async () => {
  const { open, shown } = await reading(() => [])
  expect(shown()).toBe('')
  await open()
  await waitFor(() => expect(shown()).toBe('Somebody'))
})

test('nor does a place stay open when the directory cannot be asked', async () => {
  const { open, shown } = await reading(() => {
    throw new Error('away')
  })
  await open()
  await waitFor(() => expect(shown()).toBe('Somebody'))
})

test('a name is part of its sentence, so that a gap is put between Latin and Chinese; only one from right to left is held together', async () => {
  const people = new People(() => Promise.resolve([]))
  people.learn([{ id: 'lee', name: 'Ann Lee', colour: 1, avatar: null, position: null, department: null }, { id: 'nur', name: 'نور', colour: 1, avatar: null, position: null, department: null }])
  const { container } = await asAnn(() => (
    <>
      <With people={people} id="lee" />
      <With people={people} id="nur" />
    </>
  ))
  expect(container.querySelector('bdi')).toBeNull()
  expect(screen.getAllByTestId('name').map((one) => one.textContent)).toEqual(['Ann Lee', '\u2068نور\u2069'])
})
