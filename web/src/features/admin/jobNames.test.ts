import { expect, test } from 'vitest'
import type { JobState } from '~/api/types'
import { folded } from './jobNames'

test('runs of one job that follow each other are one line, a failure is never hidden in it', () => {
  const runs = [['a', 'done'], ['a', 'done'], ['b', 'done'], ['a', 'done'], ['a', 'failed'], ['a', 'done']].map(([name, state], place) => ({ id: String(place), name, state }) as JobState)
  expect(folded(runs).map(({ job, count }) => `${job.id}×${String(count)}`)).toEqual(['0×2', '2×1', '3×1', '4×1', '5×1'])
})
