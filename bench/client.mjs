// What somebody with a slow computer feels: the built client in Chromium, its processor four times slower. Started by the
// workload `client`; says one figure a line as JSON. The page is driven by mouse and address only, as people drive it.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const { chromium } = createRequire(join(import.meta.dirname, '../e2e/package.json'))('playwright-core')
const { BENCH_URL: url, BENCH_PASSWORD: password, BENCH_LONG: long } = process.env
const SLOWER = 4
const STARTS = 7
const SWITCHES = 24
const MIB = 1024 * 1024

const say = (metric, value, unit, n) => console.log(JSON.stringify({ metric, value, unit, n }))
const at = (times, share) => times.toSorted((a, b) => a - b)[Math.round((times.length - 1) * share)]
function sayTimes(metric, times) {
  say(`${metric}_p50`, at(times, 0.5), 'ms', times.length)
  say(`${metric}_p95`, at(times, 0.95), 'ms', times.length)
}

/** In every page before anything of it runs: when the list could be used, how long a switch took, what blocked for long. */
function watch() {
  globalThis.felt = { usable: null, switches: [], longest: 0 }
  // Asked before a frame is painted: the task after it is when it can be seen, not the frame after that.
  const painted = (then) => setTimeout(() => then(performance.now()))
  const list = () => (document.querySelector('[data-conversation]') ? painted((now) => (globalThis.felt.usable = now)) : requestAnimationFrame(list))
  requestAnimationFrame(list)
  new PerformanceObserver((tasks) => {
    for (const { duration } of tasks.getEntries()) globalThis.felt.longest = Math.max(globalThis.felt.longest, duration)
  }).observe({ type: 'longtask' })
  addEventListener(
    'click',
    (event) => {
      // Each conversation says its own number.
      const number = /Note \d+/.exec(event.target.closest?.('[data-conversation]')?.textContent ?? '')?.[0]
      if (number === undefined) return
      const isThere = () => document.querySelector('[role=log]')?.textContent.includes(number) === true
      const look = () => (isThere() ? painted((now) => globalThis.felt.switches.push(now - event.timeStamp)) : requestAnimationFrame(look))
      requestAnimationFrame(look)
    },
    true,
  )
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
})
const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, locale: 'en', reducedMotion: 'reduce' })
await context.addInitScript(watch)
const page = await context.newPage()
page.setDefaultTimeout(120_000)
page.on('pageerror', (error) => {
  throw error
})

await page.goto('/sign-in')
await page.getByRole('textbox').first().fill('p0')
await page.locator('input[type=password]').fill(password)
await page.keyboard.press('Enter')
await page.waitForURL('**/o/bench/**')
await page.goto('/o/bench/messages')
await page.locator('[data-conversation]').first().waitFor()
await page.evaluate(() => navigator.serviceWorker?.ready)
// The list is read to its end and kept.
await page.waitForFunction(() => Number(document.querySelector('[data-conversation]')?.closest('li')?.getAttribute('aria-setsize')) >= 2000)
await page.waitForTimeout(4000)

const tools = await context.newCDPSession(page)
await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })

const starts = []
for (let n = 0; n < STARTS; n += 1) {
  await page.goto('/o/bench/messages')
  await page.waitForFunction(() => globalThis.felt.usable !== null)
  starts.push(await page.evaluate(() => globalThis.felt.usable))
  await page.waitForTimeout(1500)
}
sayTimes('usable_from_cache', starts)

const rows = page.locator('[data-conversation]')
async function switchThrough() {
  await page.evaluate(() => (globalThis.felt.switches = []))
  for (let n = 0; n < SWITCHES; n += 1) {
    // Down the visible rows and up again: never the one that is open.
    await rows.nth(1 + (n % 8)).click()
    await page.waitForFunction((count) => globalThis.felt.switches.length > count, n)
    await page.waitForTimeout(400)
  }
  return page.evaluate(() => globalThis.felt.switches)
}
await page.waitForTimeout(3000)
sayTimes('switch', await switchThrough())

async function heap() {
  await tools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await tools.send('Runtime.getHeapUsage')
  return usedSize / MIB
}

/** Turns the wheel over `selector`, and answers the longest task meanwhile. */
async function turn(selector, { steps, by }) {
  const box = await page.locator(selector).boundingBox()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.evaluate(() => (globalThis.felt.longest = 0))
  for (let n = 0; n < steps; n += 1) {
    await page.mouse.wheel(0, by)
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  }
  await page.waitForTimeout(500)
  return page.evaluate(() => globalThis.felt.longest)
}

const before = await heap()
say('list_longest_task', Math.max(await turn('ul:has([data-conversation])', { steps: 160, by: 800 }), await turn('ul:has([data-conversation])', { steps: 80, by: -1600 })), 'ms', 2000)

await page.goto(`/o/bench/messages/${long}`)
await page.locator('[role=log] [data-message]').first().waitFor()
await page.waitForTimeout(2000)
const firstSeen = () => page.evaluate(() => Math.min(...[...document.querySelectorAll('[role=log] [data-message]')].map((row) => Number(row.dataset.message))))
const newest = await firstSeen()
const heaps = []
let longest = 0
for (let round = 0; round < 5; round += 1) {
  longest = Math.max(longest, await turn('[role=log]', { steps: 80, by: -1200 }))
  heaps.push(await heap())
}
const passed = newest - (await firstSeen())
for (const place of [50_000, 100]) {
  await page.goto(`/o/bench/messages/${long}?at=${place}`)
  await page.locator(`[data-message="${place}"]`).waitFor()
  await page.waitForTimeout(1500)
  longest = Math.max(longest, await turn('[role=log]', { steps: 40, by: 1200 }))
}
say('messages_passed', passed, 'messages', 1)
say('messages_longest_task', longest, 'ms', passed)
say('heap_before', before, 'MiB', 1)
say('heap_after_messages', heaps.at(-1), 'MiB', 1)
say('heap_growth_last_rounds', heaps.at(-1) - heaps[1], 'MiB', 3)
await browser.close()
