// Finding something again from anywhere, and seeing that the way leads to its place.
import { ask, log, until } from './story.js'

/** The field of the palette; what is found stands below it. */
export const field = ({ page, say }) => page.getByRole('combobox', { name: say('Search') })
export const option = ({ page }, text) => page.getByRole('option').filter({ hasText: text }).first()

/** By the keys on a desk, by the field at the top on a phone. */
export async function openPalette(window) {
  const { page, say } = window
  if (page.viewportSize().width < 768) await page.getByRole('button', { name: say('Search'), exact: true }).first().tap()
  else await page.keyboard.press('Control+k')
  await field(window).waitFor()
  // On a phone a dialog is drawn once it is known how much room the keyboard leaves.
  await page.waitForFunction(() => getComputedStyle(document.querySelector('[role=dialog]').parentElement).opacity === '1')
}

/** The messages that are found for whoever is signed in there. */
export const found = async (page, words) => (await ask(page, 'GET', `/v1/messages/search?q=${encodeURIComponent(words)}`)).body.hits

/** What was sent a moment ago is in the index. */
export const isIndexed = (page, words) => until(async () => (await found(page, words)).length > 0)

/** The message is in the middle of what is seen, not somewhere above. */
export async function isInSight(page, text) {
  const message = log(page).getByText(text).first()
  await message.waitFor()
  await until(async () => {
    const box = await message.boundingBox()
    return box !== null && box.y > 40 && box.y + box.height < page.viewportSize().height
  })
}
