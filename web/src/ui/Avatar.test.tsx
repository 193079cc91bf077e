import { fireEvent, render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Avatar, type Face, GroupAvatar } from './Avatar'

const faces = (count: number): Face[] => Array.from({ length: count }, (_, n) => ({ id: `${n}`, name: `张${'甲乙丙丁戊己庚辛壬'[n]}`, colour: 1, src: n === 0 ? '/picture' : null }))
const tiles = (count: number, size: number) => render(<GroupAvatar name="粮仓" faces={faces(count)} size={size} />).container.querySelectorAll('.tile')

test('a group is drawn of its people: four, or nine where there is room', () => {
  expect([tiles(2, 40), tiles(4, 40), tiles(9, 40), tiles(5, 48), tiles(9, 48)].map((all) => all.length)).toEqual([2, 4, 4, 5, 9])
})

test('a picture that does not come gives way to the name, and a group of nobody is drawn of its own', () => {
  const { container } = render(<GroupAvatar name="粮仓" faces={faces(3)} size={40} />)
  const picture = container.querySelector('img')
  if (picture) fireEvent.error(picture)
  expect([...container.querySelectorAll('.tile')].map((tile) => tile.getAttribute('data-drawn'))).toEqual(['甲', '乙', '丙'])
  expect(render(<GroupAvatar name="粮仓" />).container.querySelector('.group')?.getAttribute('data-drawn')).toBe('粮仓')
})

test('what is drawn is no text: a link around it is called by its label alone', () => {
  const { container } = render(<><Avatar name="沈知遥" /><GroupAvatar name="粮仓" /><GroupAvatar name="粮仓" faces={faces(3)} /></>)
  expect(container.querySelectorAll('[data-drawn]').length).toBe(4)
  expect(container.textContent).toBe('')
})
